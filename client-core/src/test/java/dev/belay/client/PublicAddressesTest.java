package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
  /** First and last address of each block, and the nearest public ones around it. */
  @ParameterizedTest
  @CsvSource({
    ", 0.0.0.0, 0.255.255.255, 1.0.0.0",
    "9.255.255.255, 10.0.0.0, 10.255.255.255, 11.0.0.0",
    "100.63.255.255, 100.64.0.0, 100.127.255.255, 100.128.0.0",
    "126.255.255.255, 127.0.0.0, 127.255.255.255, 128.0.0.0",
    "169.253.255.255, 169.254.0.0, 169.254.255.255, 169.255.0.0",
    "172.15.255.255, 172.16.0.0, 172.31.255.255, 172.32.0.0",
    "191.255.255.255, 192.0.0.0, 192.0.0.255, 192.0.1.0",
    "192.0.1.255, 192.0.2.0, 192.0.2.255, 192.0.3.0",
    "192.88.98.255, 192.88.99.0, 192.88.99.255, 192.88.100.0",
    "192.167.255.255, 192.168.0.0, 192.168.255.255, 192.169.0.0",
    "198.17.255.255, 198.18.0.0, 198.19.255.255, 198.20.0.0",
    "198.51.99.255, 198.51.100.0, 198.51.100.255, 198.51.101.0",
    "203.0.112.255, 203.0.113.0, 203.0.113.255, 203.0.114.0",
    "223.255.255.255, 224.0.0.0, 239.255.255.255,",
    ", 240.0.0.0, 255.255.255.255,",
    ", ::, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2000::",
    "2000:ffff::, 2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:200::",
    "2001:db7:ffff::, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::",
    "3ffe::, 3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:1000::",
    "3fff:ffff::, 4000::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,"
  })
  void a_block_ends_where_it_ends(String below, String first, String last, String above)
      throws Exception {
    for (String inside : List.of(first, last)) {
      assertThat(isPublic(inside)).as(inside).isFalse();
    }
    for (String outside : new String[] {below, above}) {
      assertThat(outside == null || isPublic(outside)).as(outside).isTrue();
    }
  }

  private static boolean isPublic(String address) throws UnknownHostException {
    return PublicAddresses.isPublic(InetAddress.getByName(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"::1", "fe80::1", "fec0::1", "fc00::1", "fdff::1", "ff02::1", "64:ff9b:1::1"})
  void what_is_not_handed_out_is_not_public(String address) throws Exception {
    assertThat(isPublic(address)).isFalse();
  }

  /** Whatever the platform says of an address that is not for everybody, it is none of these. */
  @Test
  void no_address_that_the_platform_calls_special_is_public() throws Exception {
    Random random = new Random(6);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
      random.nextBytes(bytes);
      InetAddress address = InetAddress.getByAddress(bytes);
      boolean special =
          address.isAnyLocalAddress()
              || address.isLoopbackAddress()
              || address.isLinkLocalAddress()
              || address.isSiteLocalAddress()
              || address.isMulticastAddress();
      assertThat(special && PublicAddresses.isPublic(address)).as("%s", address).isFalse();
    }
  }

  @Test
  void one_inside_of_ipv6_is_as_public_as_it_is_outside() throws Exception {
    Random random = new Random(6);
    byte[][] chosen = {{127, 0, 0, 1}, {10, 1, 2, 3}, {8, 8, 8, 8}, {(byte) 169, (byte) 254, 1, 1}};
    for (int i = 0; i < 1_000; i++) {
      byte[] inside = new byte[4];
      random.nextBytes(inside);
      byte[] ipv4 = i < chosen.length ? chosen[i] : inside;
      boolean outside = PublicAddresses.isPublic(InetAddress.getByAddress(ipv4));
      assertThat(isPublic(ipv6("00000000000000000000ffff", ipv4, ""))).isEqualTo(outside);
      assertThat(isPublic(ipv6("0064ff9b0000000000000000", ipv4, ""))).isEqualTo(outside);
      assertThat(isPublic(ipv6("2002", ipv4, "00010000000000000001"))).isEqualTo(outside);
      assertThat(isPublic(ipv6("20010000080808080000ffff", inverted(ipv4), ""))).isEqualTo(outside);
      assertThat(isPublic(ipv6("20010000", ipv4, "0000fffff7f7f7f7"))).isEqualTo(outside);
      assertThat(isPublic(ipv6("000000000000000000000000", ipv4, ""))).isFalse(); // compatible
    }
  }

  private static byte[] inverted(byte[] bytes) {
    return new byte[] {(byte) ~bytes[0], (byte) ~bytes[1], (byte) ~bytes[2], (byte) ~bytes[3]};
  }

  /** The platform makes one of IPv4 of a mapped one where it can. */
  private static boolean isPublic(Inet6Address address) {
    return PublicAddresses.isPublic(address);
  }

  private static Inet6Address ipv6(String before, byte[] ipv4, String after) throws Exception {
    String hex = before + String.format("%08x", new BigInteger(1, ipv4)) + after;
    byte[] bytes = new byte[16];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    return Inet6Address.getByAddress("inside", bytes, 0);
  }

  @Test
  void only_public_ones_are_left() throws Exception {
    InetAddress good = InetAddress.getByName("8.8.8.8");
    InetAddress bad = InetAddress.getByName("10.0.0.1");
    assertThat(PublicAddresses.of(List.of(bad, good, bad), "host")).containsExactly(good);
    assertThatThrownBy(() -> PublicAddresses.of(List.of(bad), "some.test"))
        .hasMessage(
            "publicAddressesOnly() is set, and some.test has no address in the public internet");
  }
}
