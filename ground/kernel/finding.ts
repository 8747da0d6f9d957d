/**
 * 所見 — something found wrong or missing: an official or house code, the place, and the figures. The
 * Japanese sentence is made at the rim from the code, so one fault reads the same on every screen.
 */
export type Finding = {
  readonly code: string
  readonly at: string
  readonly facts: Readonly<Record<string, string | number>>
}
