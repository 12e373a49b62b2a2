package dev.belay.consumer;

import dev.belay.client.CallOptions;
import java.util.concurrent.CompletableFuture;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Streaming;
import retrofit2.http.Tag;

/** A service as Retrofit's users describe theirs. */
interface Invoices {
  @GET("/invoices")
  Call<ResponseBody> list();

  @GET("/invoices")
  Call<ResponseBody> list(@Tag CallOptions options);

  @GET("/invoices")
  CompletableFuture<ResponseBody> later();

  @GET("/invoices")
  @Streaming
  Call<ResponseBody> stream();

  @POST("/invoices")
  Call<ResponseBody> add(@Body RequestBody invoice, @Tag CallOptions options);
}
