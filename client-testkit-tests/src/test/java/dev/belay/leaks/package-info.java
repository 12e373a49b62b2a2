/**
 * Tests of the testkit as the users of any HTTP client meet it, so in a package that is not the
 * testkit's.
 */
package dev.belay.leaks;
