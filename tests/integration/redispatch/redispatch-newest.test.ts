import { describeRedispatch } from "./describe-redispatch";

describeRedispatch("newest", { readsTyped: true });
