/** The closed set of state colours (app/globals.css). */
export type Tone = "blue" | "green" | "amber" | "red" | "gray";

/** Text on a soft ground, for pills and notices. */
export const SOFT_TONES: Record<Tone, string> = {
  blue: "bg-blue-soft text-blue",
  green: "bg-green-soft text-green",
  amber: "bg-amber-soft text-amber",
  red: "bg-red-soft text-red",
  gray: "bg-gray-soft text-gray",
};

/** Text alone. */
export const TEXT_TONES: Record<Tone, string> = {
  blue: "text-blue",
  green: "text-green",
  amber: "text-amber",
  red: "text-red",
  gray: "text-gray",
};

/** A filled shape: bars, dots. */
export const SOLID_TONES: Record<Tone, string> = {
  blue: "bg-blue-solid",
  green: "bg-green-solid",
  amber: "bg-amber-solid",
  red: "bg-red-solid",
  gray: "bg-gray-solid",
};
