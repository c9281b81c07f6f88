declare module "virtual:weft-messages" {
  import type { Messages } from "@lingui/core";

  /** One loader per language; each is a chunk of its own. */
  export const loadMessages: Readonly<Record<"en" | "fr" | "de" | "ca", () => Promise<{ messages: Messages }>>>;
}

declare module "@tabler/icons-react/dist/esm/icons/*.mjs" {
  import type { Icon } from "@tabler/icons-react";

  const icon: Icon;
  export default icon;
}
