import { describeRedispatch } from "./describe-redispatch";

describeRedispatch("oldest", { readsTyped: false });
