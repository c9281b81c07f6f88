/** The version of the hub, of its API document and of what it says of itself. */
export const VERSION = "0.1.0";
