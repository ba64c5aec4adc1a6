"use client";

import NextLink from "next/link";
import { type ComponentProps, type PointerEvent, useState } from "react";

/**
 * A link within Celeriac. Its page is fetched ahead when somebody points at it; Next would fetch that of each link in sight, and a
 * table has hundreds.
 */
export function Link({ onPointerEnter, ...props }: ComponentProps<typeof NextLink>) {
  const [isPointedAt, setIsPointedAt] = useState(false);
  const pointAt = (event: PointerEvent<HTMLAnchorElement>) => {
    setIsPointedAt(true);
    onPointerEnter?.(event);
  };
  return <NextLink {...props} prefetch={isPointedAt ? null : false} onPointerEnter={pointAt} />;
}
