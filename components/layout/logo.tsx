/** The mark: a root with its leaves. */
export function Logo() {
  return (
    <svg viewBox="0 0 20 20" className="size-5 text-brand" fill="none" aria-hidden>
      <path d="M10 8.2c3.9 0 6 2 6 4.7S13.4 18 10 18s-6-2.4-6-5.1 2.1-4.7 6-4.7Z" fill="currentColor" />
      <path
        d="M10 8.2V4.5M10 8C9.8 5.6 8.3 3.6 5.8 2.7M10 8c.2-2.4 1.7-4.4 4.2-5.3"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
      <path
        d="M7.3 12.8h1.900M11.2 15h1.7"
        className="stroke-surface"
        strokeWidth="1.2"
        strokeLinecap="round"
      />
    </svg>
  );
}
