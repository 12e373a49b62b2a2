package dev.belay.leaks;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** A callback of a call that nobody waits for. */
enum Ignored implements Callback {
  ANSWER;

  @Override
  public void onFailure(Call call, IOException failure) {}

  @Override
  public void onResponse(Call call, Response response) {
    response.close();
  }
}
