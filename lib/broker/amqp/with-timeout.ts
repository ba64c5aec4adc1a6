/** The broker gave no answer within the time. */
export class CallTimeout extends Error {
  override readonly name = "CallTimeout";

  constructor() {
    super("the broker did not answer in time");
  }
}

/** Settles as `promise` does, or rejects with a CallTimeout after `timeoutMs`. */
export async function withTimeout<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new CallTimeout()), timeoutMs);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
