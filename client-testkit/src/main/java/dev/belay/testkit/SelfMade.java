package dev.belay.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys with a certificate of X.509 (RFC 5280), written in DER because the platform reads
 * certificates and makes none.
 */
record SelfMade(KeyPair keys, X509Certificate certificate) {

  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int INTEGER = 2;
  private static final int BITS = 3;
  private static final int OCTETS = 4;
  private static final int UTF_8 = 12;
  private static final int TIME = 24;
  private static final int ADDRESS = 0x87;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;

  private static final byte[] ECDSA_WITH_SHA256 = sequence(hex("06082a8648ce3d040302"));
  private static final byte[] COMMON_NAME = hex("0603550403");
  private static final byte[] ALTERNATIVE_NAME = hex("0603551d11");
  private static final byte[] BASIC_CONSTRAINTS = hex("0603551d13");
  private static final byte[] TRUE = hex("0101ff");
  private static final byte[] VERSION_3 = hex("020102");
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration AGE = Duration.ofDays(10);
  private static final AtomicLong SERIAL = new AtomicLong(1);

  /** The issuer of those that are not self-signed. */
  static final SelfMade AUTHORITY = authority("Belay testkit");

  /** One that vouches for itself. */
  static SelfMade authority(String name) {
    KeyPair keys = newKeys();
    byte[] constraints = sequence(BASIC_CONSTRAINTS, TRUE, der(OCTETS, sequence(TRUE)));
    return signed(keys, keys, name, Instant.now().plus(AGE), constraints);
  }

  /**
   * One that the authority vouches for.
   *
   * @param address of the host
   * @param left how long it is valid from now on
   */
  static SelfMade leaf(String address, Duration left) {
    byte[] names = sequence(der(ADDRESS, bytesOf(address)));
    byte[] alternative = sequence(ALTERNATIVE_NAME, der(OCTETS, names));
    return signed(newKeys(), AUTHORITY.keys, address, Instant.now().plus(left), alternative);
  }

  private static SelfMade signed(
      KeyPair keys, KeyPair issuer, String name, Instant end, byte[] extension) {
    byte[] subject = name(name);
    byte[] body =
        sequence(
            der(VERSION, VERSION_3),
            der(INTEGER, BigInteger.valueOf(SERIAL.getAndIncrement()).toByteArray()),
            ECDSA_WITH_SHA256,
            keys == issuer ? subject : name("Belay testkit"),
            sequence(time(Instant.now().minus(AGE)), time(end)),
            subject,
            keys.getPublic().getEncoded(),
            der(EXTENSIONS, sequence(extension)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(issuer.getPrivate());
      signature.update(body);
      byte[] bits = der(BITS, new byte[1], signature.sign());
      return new SelfMade(keys, parsed(sequence(body, ECDSA_WITH_SHA256, bits)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no elliptic curves", e);
    }
  }

  private static X509Certificate parsed(byte[] encoded) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no elliptic curves", e);
    }
  }

  private static byte[] name(String commonName) {
    byte[] text = der(UTF_8, commonName.getBytes(StandardCharsets.UTF_8));
    return sequence(der(SET, sequence(COMMON_NAME, text)));
  }

  private static byte[] time(Instant instant) {
    return der(TIME, FORMAT.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] bytesOf(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + address, e);
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] sequence(byte[]... parts) {
    return der(SEQUENCE, parts);
  }

  /** Type, length and value (X.690); lengths up to 65,535. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      value.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    if (value.size() > 0xff) {
      all.write(0x82);
      all.write(value.size() >> 8);
    } else if (value.size() > 0x7f) {
      all.write(0x81);
    }
    all.write(value.size());
    all.writeBytes(value.toByteArray());
    return all.toByteArray();
  }
}
