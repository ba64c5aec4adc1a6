/** What is wrong with a worker, or not as good as it could be: in words, with the figures and what to do. */
export interface StoredWorkerMark {
  readonly mark: "frozen" | "hoarding" | "memory-growing";
  readonly detail: string;
  readonly remedy: string;
}
