/** The version of the words that people are asked with, in every language: the apps show them and send this with the answer. */
export const WORDING_VERSION = "2026-11";
