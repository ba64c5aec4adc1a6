const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** @type {import("next").NextConfig} */
export default {
  // Several checkouts of one machine, or a build beside a running server, need folders of their own.
  distDir: process.env.CELERIAC_DIST_DIR ?? ".next",
  poweredByHeader: false,
  // `npm run check` looks at the types; who builds what was checked need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@prisma/client",
    "@prisma/adapter-libsql",
    "@prisma/adapter-pg",
    "@prisma/adapter-mariadb",
    "ioredis",
    "mariadb",
    "pino",
  ],
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};
