import { route } from "@/lib/http/route";
import { getStorage } from "@/lib/store/storage";
import { viewStorage } from "@/lib/views/storage-view";

export const GET = route({}, async ({ services: { store, settings } }) =>
  viewStorage(store.provider, await getStorage(store), settings),
);
