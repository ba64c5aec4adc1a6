import { z } from "zod";

export const loginSchema = z.object({
  user: z.string().max(255).default("admin"),
  password: z.string().max(1024),
});
