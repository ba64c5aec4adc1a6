/** The mark: a root with its leaves. */
export function Logo() {
  return (
    <svg viewBox="0 0 20 20" className="size-5 text-brand" fill="none" aria-hidden>
      <path
        d="M10 8.5c3.7 0 5.8 1.7 5.8 4.3 0 3.4-3.1 5.7-5.8 5.7s-5.8-2.3-5.8-5.7c0-2.6 2.1-4.3 5.8-4.3Z"
        fill="currentColor"
      />
      <path
        d="M10 8.5V2M10 8C9.7 5.8 8.3 4.1 5.8 3.4M10 8c.3-2.2 1.7-3.9 4.2-4.6"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
    </svg>
  );
}
