package dev.belay.testkit;

import java.util.function.Function;

/** What one request gets instead of the documented answer, and whether it still takes effect. */
record ScriptedAnswer(Function<Received, Answer> answer, boolean afterTaking) {}
