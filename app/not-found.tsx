import { SearchX } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";

export default function NotFound() {
  const action = (
    <Link href="/" className={buttonClass({})}>
      Go to the overview
    </Link>
  );
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState icon={SearchX} title="There is no such page" action={action} />
    </main>
  );
}
