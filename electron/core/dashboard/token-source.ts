// A token that is always good: issued when first needed, renewed before it ends, taken back at the end.
import type { IssuedToken } from './token';

export interface TokenSource {
  /** A token that is valid now. Rejects as `issue` does when there is none. */
  current(): Promise<IssuedToken>;
  /** Takes back what does not end by itself. */
  close(): Promise<void>;
}

/** Share of a token's life after which the next one is fetched; the kubelet's figure. */
const usualShare = 0.8;

/** Milliseconds for issuing, and for taking back. */
const limit = 15_000;

/**
 * One that is due is renewed by whoever asks next, once for all who ask meanwhile. A renewal that fails is no harm as long as the
 * token is valid.
 */
export function createTokenSource(
  issue: (signal: AbortSignal) => Promise<IssuedToken>,
  { now = Date.now, share = usualShare }: { now?: () => number; share?: number } = {},
): TokenSource {
  let held: { issued: IssuedToken; since: number } | undefined;
  let issuing: Promise<IssuedToken> | undefined;

  function renew(): Promise<IssuedToken> {
    issuing ??= issue(AbortSignal.timeout(limit))
      .then((issued) => {
        held = { issued, since: now() };
        return issued;
      })
      .finally(() => {
        issuing = undefined;
      });
    return issuing;
  }

  return {
    async current() {
      if (!held) return renew();
      const { issued, since } = held;
      if (issued.expiresAt === undefined || now() < since + (issued.expiresAt - since) * share) return issued;
      return await renew().catch((error: unknown) => {
        if (issued.expiresAt !== undefined && now() < issued.expiresAt) return issued;
        throw error;
      });
    },
    async close() {
      await issuing?.catch(() => {});
      const last = held?.issued;
      held = undefined;
      await last?.revoke?.(AbortSignal.timeout(limit));
    },
  };
}
