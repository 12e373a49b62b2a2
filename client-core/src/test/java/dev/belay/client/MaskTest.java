package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a/b+c=="d'é | a/b+c=="d'é
          a/b+c=="d'é | a%2Fb+c==%22d'%C3%A9
          a/b+c=="d'é | a%2fb+c==%22d'%c3%a9
          a/b+c=="d'é | a%2Fb%2Bc%3D%3D%22d%27%C3%A9
          a/b+c=="d'é | a\\/b+c==\\"d'é
          a/b+c=="d'é | a/b+c==&quot;d'é
          a/b+c=="d'é | A/B+C=="D'é
          two words | two+words
          two words | two%20words
          Bearer abcdefgh12 | abcdefgh12
          id=abcdefgh12; other=ijklmnop34 | ijklmnop34
          """)
  void a_secret_is_replaced_in_every_form(String secret, String form) {
    Mask mask = new Mask(List.of(secret));
    assertThat(mask.of("x=" + form + "&")).isEqualTo("x=***&");
  }

  @Test
  void one_that_is_part_of_another_leaves_nothing_of_it() {
    Mask mask = new Mask(List.of("abcd", "abcdefgh"));
    assertThat(mask.isNeededIn("abcdefgh")).isTrue();
    assertThat(mask.of("abcdefgh abcd")).isEqualTo("*** ***");
  }

  @Test
  void what_is_too_short_for_a_secret_takes_no_words_out_of_texts() {
    Mask mask = new Mask(List.of("abc", "Bearer x"));
    assertThat(mask.of("abc Bearer")).isEqualTo("abc Bearer");
    assertThat(mask.isNeededIn("abc")).isFalse();
  }
}
