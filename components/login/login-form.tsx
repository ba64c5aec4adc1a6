"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { Logo } from "@/components/layout/logo";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { INPUT_CLASS } from "@/components/ui/text-field";
import { logIn } from "@/lib/api/queries/session";
import { readNextPath } from "./next-path";

/** Asks for the password; afterwards the page that was asked for opens. */
export function LoginForm() {
  const [password, setPassword] = useState("");
  const enter = useMutation({
    mutationFn: logIn,
    // A full load, so that nothing of the page before the login is left in memory.
    onSuccess: () => location.assign(readNextPath(location.search, location.origin)),
  });
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <div className="w-full max-w-80">
        <h1 className="mb-6 flex items-center justify-center gap-2 font-semibold text-xl tracking-tight">
          <Logo /> Celeriac
        </h1>
        <form
          className="flex flex-col gap-3 rounded-xl border bg-surface p-5 shadow-raised"
          onSubmit={(event) => {
            event.preventDefault();
            enter.mutate(password);
          }}
        >
          {/* Password managers store a pair; the first user is always this one. */}
          <input type="hidden" name="username" autoComplete="username" value="admin" />
          <label htmlFor="password" className="font-medium text-sm">
            Password
          </label>
          <input
            id="password"
            type="password"
            name="password"
            autoComplete="current-password"
            // biome-ignore lint/a11y/noAutofocus: the page has this one purpose.
            autoFocus
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            aria-invalid={enter.isError || undefined}
            aria-describedby={enter.isError ? "login-error" : undefined}
            className={INPUT_CLASS}
          />
          {enter.isError ? (
            <div id="login-error">
              <Notice tone="red" icon={CircleAlert} role="alert">
                {enter.error.message}
              </Notice>
            </div>
          ) : null}
          <Button
            type="submit"
            variant="primary"
            className="justify-center"
            busy={enter.isPending || enter.isSuccess}
          >
            Log in
          </Button>
        </form>
      </div>
    </main>
  );
}
