"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { healthQuery } from "@/lib/api/queries/health";
import { logOut } from "@/lib/api/queries/session";

/** Ends the session and leaves for the login page; nothing where no password is set. */
export function LogOutButton() {
  const { data: health } = useQuery(healthQuery());
  const leave = useMutation({
    mutationFn: logOut,
    onSuccess: () => location.assign("/login"),
    onError: (error) => toast.error(error.message),
  });
  if (health?.hasLogin !== true) return null;
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
