// The elementwise part of a gated linear recurrence, which torch has no fast operation for:
// h[t] = f[t] * h[t-1] + (1 - f[t]) * z[t], forward or (rev) backward in time.
// All arrays are [B][T][H], f32.

void scan_forward(const float *f, const float *z, float *h, int B, int T, int H, int rev) {
  for (int b = 0; b < B; b++)
    for (int s = 0; s < T; s++) {
      int t = rev ? T - 1 - s : s;
      long o = ((long)b * T + t) * H;
      long p = rev ? o + H : o - H;
      if (s == 0)
        for (int i = 0; i < H; i++) h[o + i] = (1.f - f[o + i]) * z[o + i];
      else
        for (int i = 0; i < H; i++) h[o + i] = f[o + i] * h[p + i] + (1.f - f[o + i]) * z[o + i];
    }
}

// Given dh (changed in place into the whole gradient), makes df and dz.
void scan_backward(const float *f, const float *z, const float *h, float *dh, float *df, float *dz,
                   int B, int T, int H, int rev) {
  for (int b = 0; b < B; b++)
    for (int s = T - 1; s >= 0; s--) {
      int t = rev ? T - 1 - s : s;
      long o = ((long)b * T + t) * H;
      long p = rev ? o + H : o - H;
      for (int i = 0; i < H; i++) {
        float g = dh[o + i];
        float hp = s == 0 ? 0.f : h[p + i];
        df[o + i] = g * (hp - z[o + i]);
        dz[o + i] = g * (1.f - f[o + i]);
        if (s > 0) dh[p + i] += g * f[o + i];
      }
    }
}
