/** The same items; the next one is being made while one is being used. What its making throws comes in its turn. */
export async function* readAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = source.next();
      // It is awaited in the next round; until then nobody listens.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await source.return(undefined);
  }
}
