package dev.belay.testkit;

/** What all connections of one server share. */
record ServerSetup(
    TestServer.Handler handler, IdlePolicy idle, ConnectionCensus census, ServerThreads threads) {}
