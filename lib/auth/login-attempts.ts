import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";
import { singleton } from "@/lib/singleton";

const WRONG_PASSWORDS = 10;
const WINDOW_SECONDS = 60;

// One counter for everybody: a client's address can be forged behind proxies, and there is one password to guess.
const limiter = singleton(
  "login-attempts",
  () => new RateLimiterMemory({ points: WRONG_PASSWORDS, duration: WINDOW_SECONDS }),
);

/** Throws AppError `too_many_requests` after ten wrong passwords within a minute, until the minute is over. */
export async function checkLoginAttempts(): Promise<void> {
  const state = await limiter.get("all");
  if (state !== null && state.consumedPoints >= WRONG_PASSWORDS) throw tooMany(state.msBeforeNext);
}

/** Counts one wrong password. */
export async function countWrongPassword(): Promise<void> {
  await limiter.consume("all").catch((state: unknown) => {
    if (!(state instanceof RateLimiterRes)) throw state;
  });
}

function tooMany(waitMs: number): AppError {
  const seconds = Math.ceil(waitMs / 1000);
  return new AppError("too_many_requests", `Too many wrong passwords; try again in ${seconds} s.`);
}
