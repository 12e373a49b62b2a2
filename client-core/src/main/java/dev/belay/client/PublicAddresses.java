package dev.belay.client;

import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public internet: the others, such as those of this machine and its
 * neighbours, are not for who made up a URL to choose. By the registries of special purposes of
 * IANA (RFC 6890).
 */
final class PublicAddresses {
  private static final List<Block> NOT_IPV4 =
      blocks(
          "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12"
              + " 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15"
              + " 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4");

  /** All that is handed out; unique local, link-local and multicast addresses are outside of it. */
  private static final Block GLOBAL = block("2000::/3");

  private static final List<Block> NOT_IPV6 = blocks("2001::/23 2001:db8::/32 3fff::/20");

  private static final Block MAPPED = block("::/80");
  private static final Block NAT64 = block("64:ff9b::/96");
  private static final Block TEREDO = block("2001::/32");
  private static final Block SIX_TO_FOUR = block("2002::/16");

  private static final int IPV4_LENGTH = 4;

  private PublicAddresses() {}

  /** The first bits of an address. */
  private static final class Block {
    private final byte[] prefix;
    private final int bits;

    Block(byte[] prefix, int bits) {
      this.prefix = prefix;
      this.bits = bits;
    }

    boolean contains(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i % Byte.SIZE);
        int at = i / Byte.SIZE;
        if ((address[at] & mask) != (prefix[at] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static List<Block> blocks(String all) {
    return Stream.of(all.split(" ", -1)).map(PublicAddresses::block).toList();
  }

  private static Block block(String text) {
    int slash = text.indexOf('/');
    try {
      byte[] prefix = InetAddress.getByName(text.substring(0, slash)).getAddress();
      return new Block(prefix, Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e); // of this file
    }
  }

  /** One of IPv6 that leads to one of IPv4 is as public as that. */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (!(address instanceof Inet6Address)) {
      return isPublicIpv4(bytes);
    }
    if (MAPPED.contains(bytes)) {
      boolean mapped = bytes[10] == -1 && bytes[11] == -1;
      return mapped && isPublicIpv4(part(bytes, 12));
    }
    if (NAT64.contains(bytes)) {
      return isPublicIpv4(part(bytes, 12));
    }
    if (SIX_TO_FOUR.contains(bytes)) {
      return isPublicIpv4(part(bytes, 2));
    }
    if (TEREDO.contains(bytes)) {
      return isPublicIpv4(part(bytes, 4)) && isPublicIpv4(inverted(part(bytes, 12)));
    }
    return GLOBAL.contains(bytes) && NOT_IPV6.stream().noneMatch(block -> block.contains(bytes));
  }

  private static boolean isPublicIpv4(byte[] bytes) {
    return NOT_IPV4.stream().noneMatch(block -> block.contains(bytes));
  }

  private static byte[] part(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, from + IPV4_LENGTH);
  }

  /** Teredo hides the address of a client from translators in this way (RFC 4380 section 4). */
  private static byte[] inverted(byte[] bytes) {
    byte[] inverted = bytes.clone();
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = (byte) ~inverted[i];
    }
    return inverted;
  }

  /**
   * Those of them that are public.
   *
   * @throws RefusedException when there is none
   */
  static List<InetAddress> of(List<InetAddress> found, String host) throws RefusedException {
    List<InetAddress> left = found.stream().filter(PublicAddresses::isPublic).toList();
    if (left.isEmpty()) {
      throw new RefusedException(
          "publicAddressesOnly() is set, and " + host + " has no address in the public internet");
    }
    return left;
  }

  /** Nothing was connected to, and the settings will say the same next time. */
  static final class RefusedException extends ConnectException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }
}
