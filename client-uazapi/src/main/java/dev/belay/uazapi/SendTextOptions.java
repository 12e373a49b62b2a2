package dev.belay.uazapi;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** What a text can be told besides the common options. */
@SuppressWarnings("exports") // annotations for tools, which a consumer need not have
public final class SendTextOptions extends SendOptions<SendTextOptions> {
  SendTextOptions(String trackSource) {
    super(trackSource);
  }

  @Override
  SendTextOptions self() {
    return this;
  }

  /**
   * Whether the message is marked as forwarded. Default: the server's, no.
   *
   * @param mark true to mark it
   * @return these options
   */
  @CanIgnoreReturnValue
  public SendTextOptions forward(boolean mark) {
    return set("forward", mark);
  }

  /**
   * Whether the server fetches a preview of the first link. Default: the server's, no.
   *
   * @param preview true to fetch it
   * @return these options
   */
  @CanIgnoreReturnValue
  public SendTextOptions linkPreview(boolean preview) {
    return set("linkPreview", preview);
  }

  /**
   * Shows a preview of the first link with parts of one's own.
   *
   * @param preview the parts; empty ones are the page's
   * @return these options
   */
  @CanIgnoreReturnValue
  public SendTextOptions linkPreview(LinkPreview preview) {
    linkPreview(true);
    setUnlessEmpty("linkPreviewTitle", preview.title());
    setUnlessEmpty("linkPreviewDescription", preview.description());
    setUnlessEmpty("linkPreviewImage", preview.image());
    return set("linkPreviewLarge", preview.large());
  }

  private void setUnlessEmpty(String field, String value) {
    if (!value.isEmpty()) {
      set(field, value);
    }
  }

  /**
   * The parts of a link preview. An empty text leaves a part to the page.
   *
   * @param title the title
   * @param description the text under the title
   * @param image the address of an image, or the image in Base64
   * @param large whether the image is shown large
   */
  public record LinkPreview(String title, String description, String image, boolean large) {}
}
