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
  // A cache of 150 MB that the next build might use; the first one, which most people wait for, takes a fifth longer for it.
  experimental: { turbopackFileSystemCacheForBuild: false },
  serverExternalPackages: [
    "@prisma/client",
    "@prisma/adapter-libsql",
    "@prisma/adapter-pg",
    "@prisma/adapter-mariadb",
    "ioredis",
    "mariadb",
    "pino",
    "source-map-support",
  ],
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};
