import type { Page } from "playwright-core";

/** What one device of a story looks like and which hub process answers it. */
export type DeviceOptions = {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** BCP 47. English when absent. */
  readonly locale?: string;
  readonly colorScheme?: "light" | "dark";
  readonly isTouch?: boolean;
  /** Number of the hub process, from 0. When absent, each new device takes the next one, so that a story spans all of them. */
  readonly hub?: number;
};

/** What a story plays on. */
export type Stage = {
  /** The addresses of the hub processes, without a slash at the end. All stand on one database. */
  readonly hubs: readonly string[];
  /** Their database, for the few stories that break something; undefined on hubs that ran already. */
  readonly databaseUrl: string | undefined;
  /**
   * A browser of its own with an empty cookie jar, as another phone or till has. Paths given to `goto` are relative to its hub.
   * `name` appears in the names of screenshots: "phone", "till".
   */
  device(name: string, options?: DeviceOptions): Promise<Page>;
};

export type Story = { readonly name: string; readonly play: (stage: Stage) => Promise<void> };

const stories: Story[] = [];

/** Registers a story. The name says what a customer sees, with the number of the story in front: "S2 a cart filled on the phone is paid at the till". */
export function story(name: string, play: Story["play"]): void {
  stories.push({ name, play });
}

/** What has been registered so far, in the order of registration. */
export function registeredStories(): readonly Story[] {
  return stories;
}

/** Phones are held upright, tills lie on the counter, the office has a desk. */
export const VIEWPORTS = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  till: { width: 1280, height: 800 },
  desk: { width: 1440, height: 900 },
} as const;
