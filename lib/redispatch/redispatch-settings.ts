/** What the settings say that bears on re-dispatch. */
export interface RedispatchSettings {
  /** Name pattern → queue, in order (CELERIAC_ROUTES). */
  readonly routes: Readonly<Record<string, string>>;
  readonly defaultQueue: string;
}
