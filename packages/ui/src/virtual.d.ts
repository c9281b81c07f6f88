declare module "virtual:weft-messages" {
  import type { Messages } from "@lingui/core";

  type Loaders = Readonly<Record<"en" | "fr" | "de" | "ca", () => Promise<{ messages: Messages }>>>;

  /** One loader per language; each is a chunk of its own. */
  export const loadMessages: Loaders;
  /** What the first view does not say; undefined where all words come at once. */
  export const loadMoreMessages: Loaders | undefined;
}

declare module "@tabler/icons-react/dist/esm/icons/*.mjs" {
  import type { Icon } from "@tabler/icons-react";

  const icon: Icon;
  export default icon;
}
