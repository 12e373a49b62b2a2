package dev.belay.testkit;

/** What one request gets instead of the documented answer, and whether it still takes effect. */
record ScriptedAnswer(Answer answer, boolean afterTaking) {}
