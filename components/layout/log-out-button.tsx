"use client";

import { useMutation } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { logOut } from "@/lib/api/queries/session";

/** Ends the session and leaves for the login page. */
export function LogOutButton() {
  const leave = useMutation({
    mutationFn: logOut,
    onSuccess: () => location.assign("/login"),
    onError: (error) => toast.error(error.message),
  });
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label="Log out"
      title="Log out"
      disabled={leave.isPending}
      onClick={() => leave.mutate()}
    >
      <LogOut className="size-4" aria-hidden />
    </Button>
  );
}
