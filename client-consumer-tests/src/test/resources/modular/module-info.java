/** A user of Belay that is a named module and asks for nothing else. */
module dev.belay.modular {
  requires dev.belay.client;
}
