// The elementwise part of a gated linear recurrence, which torch has no fast operation for.
// All arrays are [B][T][W], f32, W = 2H: the first H of each forward in time, the last H
// backward. `g` holds the gates as the product made them, z f r side by side (3W a word);
// forward bends them in place. `live` [B][T]: padding keeps the state and comes out as nothing.

#include <math.h>
#include <stdint.h>
#include <string.h>

static inline float sigmoid(float x) { return 1.f / (1.f + expf(-x)); }

// A number for each place and seed, evenly spread (the last step of MurmurHash3).
static inline uint32_t chance(uint32_t n, uint32_t seed) {
  uint32_t h = n * 0x9E3779B1u + seed;
  h ^= h >> 16;
  h *= 0x85EBCA6Bu;
  h ^= h >> 13;
  h *= 0xC2B2AE35u;
  return h ^ (h >> 16);
}

// What remains of a number: 0, or enlarged so that the mean stays.
static inline float kept(uint32_t n, uint32_t seed, uint32_t lost, float scale) {
  return chance(n, seed) < lost ? 0.f : scale;
}

// c[t] = f c[t-1] + (1 - f) z; y = r drop(c) + (1 - r) x.
void forward(float *restrict g, const float *restrict x, const uint8_t *restrict live,
             float *restrict c, float *restrict y, int B, int T, int H, float p, uint32_t seed) {
  const int W = 2 * H;
  const uint32_t lost = (uint32_t)(p * 4294967295.0);
  const float scale = 1.f / (1.f - p);
  for (int b = 0; b < B; b++) {
    for (int t = 0; t < T; t++) {
      float *z = g + ((long)b * T + t) * 3 * W;
      for (int i = 0; i < W; i++) z[i] = 2.f * sigmoid(2.f * z[i]) - 1.f;
      for (int i = W; i < 3 * W; i++) z[i] = sigmoid(z[i]);
    }
    for (int back = 0; back < 2; back++) {
      const float *before = 0;
      for (int s = 0; s < T; s++) {
        const int t = back ? T - 1 - s : s;
        const long o = (long)b * T + t;
        const float *z = g + o * 3 * W + back * H, *f = z + W;
        float *now = c + o * W + back * H;
        if (!live[o]) {
          if (before) memcpy(now, before, H * sizeof(float));
          else memset(now, 0, H * sizeof(float));
        } else if (!before) {
          for (int i = 0; i < H; i++) now[i] = (1.f - f[i]) * z[i];
        } else {
          for (int i = 0; i < H; i++) now[i] = f[i] * before[i] + (1.f - f[i]) * z[i];
        }
        before = now;
      }
    }
    for (int t = 0; t < T; t++) {
      const long o = (long)b * T + t;
      const float *r = g + o * 3 * W + 2 * W;
      for (int i = 0; i < W; i++) {
        const float state = c[o * W + i] * kept((uint32_t)(o * W + i), seed, lost, scale);
        y[o * W + i] = r[i] * state + (1.f - r[i]) * x[o * W + i];
      }
    }
  }
}

// Given dy, makes dx and turns the gates in `g` into their gradients.
void backward(float *restrict g, const float *restrict x, const uint8_t *restrict live,
              const float *restrict c, const float *restrict dy, float *restrict dx,
              float *restrict dc, int B, int T, int H, float p, uint32_t seed) {
  const int W = 2 * H;
  const uint32_t lost = (uint32_t)(p * 4294967295.0);
  const float scale = 1.f / (1.f - p);
  for (int b = 0; b < B; b++) {
    for (int t = 0; t < T; t++) {
      const long o = (long)b * T + t;
      float *r = g + o * 3 * W + 2 * W;
      for (int i = 0; i < W; i++) {
        const float k = kept((uint32_t)(o * W + i), seed, lost, scale), d = dy[o * W + i];
        dx[o * W + i] = d * (1.f - r[i]);
        dc[o * W + i] = d * r[i] * k;
        const float dr = d * (c[o * W + i] * k - x[o * W + i]);
        r[i] = dr * r[i] * (1.f - r[i]);
      }
    }
    for (int back = 0; back < 2; back++)
      for (int s = T - 1; s >= 0; s--) {
        const int t = back ? T - 1 - s : s;
        const long o = (long)b * T + t, q = back ? o + 1 : o - 1;
        float *z = g + o * 3 * W + back * H, *f = z + W;
        const float *d = dc + o * W + back * H, *past = c + q * W + back * H;
        float *earlier = dc + q * W + back * H;
        if (!live[o]) {
          if (s > 0)
            for (int i = 0; i < H; i++) earlier[i] += d[i];
          memset(z, 0, H * sizeof(float));
          memset(f, 0, H * sizeof(float));
          continue;
        }
        if (s > 0)
          for (int i = 0; i < H; i++) {
            const float df = d[i] * (past[i] - z[i]);
            earlier[i] += d[i] * f[i];
            z[i] = d[i] * (1.f - f[i]) * (1.f - z[i] * z[i]);
            f[i] = df * f[i] * (1.f - f[i]);
          }
        else
          for (int i = 0; i < H; i++) {
            const float df = -d[i] * z[i];
            z[i] = d[i] * (1.f - f[i]) * (1.f - z[i] * z[i]);
            f[i] = df * f[i] * (1.f - f[i]);
          }
      }
  }
}
