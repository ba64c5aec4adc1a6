"use client";

import { History } from "lucide-react";
import { usePathname } from "next/navigation";
import { buttonClass } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { LiveBeacon } from "./live-beacon";
import { LogOutButton } from "./log-out-button";
import { Logo } from "./logo";
import { SectionBadge } from "./section-badge";
import { isInSection, SECTIONS } from "./sections";
import { ThemeToggle } from "./theme-toggle";

/** The line at the top: the sections on wide screens, and how live the page is. */
export function TopNav() {
  const pathname = usePathname();
  return (
    <header className="flex h-(--nav-height) items-center gap-1 border-b bg-surface px-3 sm:px-6">
      <Link
        href="/"
        className="mr-4 flex items-center gap-2 rounded-md font-semibold text-base tracking-tight"
      >
        <Logo />
        Celeriac
      </Link>
      <nav aria-label="Sections" className="hidden h-full items-stretch gap-1 md:flex">
        {SECTIONS.map((section) => (
          <Link
            key={section.href}
            href={section.href}
            aria-current={isInSection(section, pathname) ? "page" : undefined}
            className={classNames(
              "relative flex items-center rounded-md px-2.5 text-ink-muted text-sm transition-colors hover:text-ink",
              "aria-[current=page]:font-medium aria-[current=page]:text-ink",
              "after:absolute after:inset-x-2.5 after:-bottom-px after:h-0.5 after:rounded-full aria-[current=page]:after:bg-ink",
            )}
          >
            {section.label}
            <SectionBadge section={section} className="ml-1.5" />
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex items-center gap-1">
        <LiveBeacon />
        <Link
          href="/activity"
          aria-label="Activity"
          aria-current={pathname === "/activity" ? "page" : undefined}
          title="Activity: who did what to the cluster"
          className={buttonClass({
            variant: "ghost",
            size: "icon",
            className: "aria-[current=page]:text-ink",
          })}
        >
          <History className="size-4" aria-hidden />
        </Link>
        <ThemeToggle />
        <LogOutButton />
      </div>
    </header>
  );
}

/** The sections on narrow screens, where a thumb reaches. */
export function BottomNav() {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Sections"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {SECTIONS.map((section) => (
        <Link
          key={section.href}
          href={section.href}
          aria-current={isInSection(section, pathname) ? "page" : undefined}
          className="relative flex h-14 flex-auto flex-col items-center justify-center gap-1 text-2xs text-ink-muted aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          <section.icon className="size-5" strokeWidth={1.75} aria-hidden />
          {section.label}
          <SectionBadge section={section} className="absolute top-1 left-[calc(50%+0.375rem)]" />
        </Link>
      ))}
    </nav>
  );
}
