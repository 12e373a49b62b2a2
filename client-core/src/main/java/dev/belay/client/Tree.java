package dev.belay.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is open below a node, one line each, the oldest first. */
final class Tree {
  /** Ten thousand clients would be no help to whoever reads. */
  private static final int MOST_BELOW_ONE = 20;

  private final List<Node> nodes;
  private final List<CallEntry> calls;
  private final StringBuilder text;

  private Tree(PoolState pool, String first) {
    nodes = pool.openNodes().stream().sorted(Comparator.comparingLong(n -> n.openedAt)).toList();
    calls = pool.ledger.within(pool.node);
    text = new StringBuilder(first);
  }

  /** The first line, and below it what is open. */
  static String of(PoolState pool, Node root, String first) {
    Tree tree = new Tree(pool, first);
    tree.below(root, "\n  ");
    return tree.text.toString();
  }

  private void below(Node node, String indent) {
    List<Holder> own = new ArrayList<>();
    calls.stream().filter(call -> call.node == node).forEach(call -> own.add(call.holder()));
    own.sort(Comparator.comparing(Holder::age).reversed());
    own.stream().limit(MOST_BELOW_ONE).forEach(call -> line(call, indent));
    List<Node> branches = nodes.stream().filter(branch -> branch.parent() == node).toList();
    for (Node branch : branches.subList(0, Math.min(MOST_BELOW_ONE, branches.size()))) {
      text.append(indent).append(branch);
      below(branch, indent + "  ");
    }
    int more = Math.max(0, own.size() - MOST_BELOW_ONE);
    more += Math.max(0, branches.size() - MOST_BELOW_ONE);
    if (more > 0) {
      text.append(indent).append("and ").append(more).append(" more");
    }
  }

  private void line(Holder call, String indent) {
    text.append(indent).append(call.kind()).append(' ').append(call.what());
    text.append(" in ").append(call.phase()).append(" for ").append(Text.of(call.age()));
  }
}
