import type { Color } from "./colors.ts";

/** The wall behind the thing: one of a few warm tints, so that a page of pictures looks composed. */
export type Tint = "cream" | "sand" | "blush" | "sage" | "sky" | "butter" | "lilac" | "stone";

export type DrinkTop = "crema" | "leaf" | "heart" | "foam" | "cream" | "cocoa" | "plain" | "swirl";
export type GlassShape = "tall" | "short" | "tumbler" | "handle" | "stem";
export type Garnish = "lemon" | "orange" | "mint" | "cream" | "straw" | "berry" | "flower" | "cinnamon" | "ginger" | "rhubarb" | "none";
export type Pattern = "plain" | "weave" | "stripe" | "dots" | "band" | "drip" | "check";

/** What a product looks like, as data: `drawPicture` turns it into SVG. Every kind is one thing drawn in one way, with its colors and parts. */
export type Picture = { readonly tint: Tint } & PictureSubject;

export type PictureSubject =
  | { readonly kind: "cup"; readonly size: "small" | "medium" | "large" | "bowl"; readonly glaze: Color; readonly drink: Color; readonly top: DrinkTop }
  | { readonly kind: "glass"; readonly shape: GlassShape; /** From the bottom up, with the share of the height. */ readonly layers: readonly (readonly [Color, number])[]; readonly hasIce: boolean; readonly garnish: Garnish }
  | { readonly kind: "teapot"; readonly glaze: Color; readonly tea: Color; readonly pattern: Pattern }
  | { readonly kind: "bottle"; readonly drink: Color; readonly label: Color; readonly cap: Color; readonly shape: "round" | "slim" | "juice" }
  | { readonly kind: "croissant"; readonly dough: Color; readonly topping: "none" | "almond" | "pistachio" | "filled"; readonly filling: Color }
  | { readonly kind: "spiral"; readonly dough: Color; readonly filling: Color; readonly topping: "none" | "sugar" | "raisins" | "icing" }
  | { readonly kind: "pain"; readonly dough: Color; readonly filling: Color }
  | { readonly kind: "turnover"; readonly dough: Color }
  | { readonly kind: "brioche"; readonly dough: Color; readonly topping: "none" | "praline" | "sugar" }
  | { readonly kind: "pretzel"; readonly dough: Color; readonly filling: Color | "none" }
  | { readonly kind: "fried"; readonly shape: "ball" | "roll"; readonly topping: "sugar" | "powder"; readonly filling: Color }
  | { readonly kind: "muffin"; readonly dough: Color; readonly bits: Color; readonly paper: Color }
  | { readonly kind: "cookie"; readonly dough: Color; readonly bits: Color }
  | { readonly kind: "slice"; readonly layers: readonly Color[]; readonly icing: Color; readonly decoration: "none" | "nut" | "berry" | "carrot" }
  | { readonly kind: "tart"; readonly filling: Color; readonly topping: "none" | "meringue" | "apple" | "berry" | "leek" }
  | { readonly kind: "loaf"; readonly dough: Color; readonly bits: Color; readonly isWhole: boolean }
  | { readonly kind: "small-cakes"; readonly shape: "madeleine" | "financier" | "canele" | "macaron" | "cube"; readonly colors: readonly Color[] }
  | { readonly kind: "baguette"; readonly bread: Color; readonly fillings: readonly Color[] }
  | { readonly kind: "toast"; readonly bread: Color; readonly spread: Color; readonly topping: "none" | "egg" | "goat" | "tomato" | "avocado" | "fig" | "melted" }
  | { readonly kind: "bun"; readonly shape: "bagel" | "focaccia" | "roll"; readonly bread: Color; readonly fillings: readonly Color[] }
  | { readonly kind: "wrap"; readonly bread: Color; readonly fillings: readonly Color[] }
  | { readonly kind: "bowl"; readonly glaze: Color; readonly content: Color; readonly bits: readonly Color[] }
  | { readonly kind: "bag"; readonly paper: Color; readonly label: Color; readonly mark: Pattern; readonly accent: Color }
  | { readonly kind: "tin"; readonly paint: Color; readonly label: Color; readonly mark: Pattern }
  | { readonly kind: "jar"; readonly content: Color; readonly lid: Color; readonly label: Color }
  | { readonly kind: "bar"; readonly wrapper: Color; readonly accent: Color; readonly content: Color }
  | { readonly kind: "box"; readonly paper: Color; readonly accent: Color; readonly mark: Pattern }
  | { readonly kind: "mug"; readonly size: "espresso" | "mug" | "bowl" | "pair"; readonly glaze: Color; readonly accent: Color; readonly pattern: Pattern }
  | { readonly kind: "travel"; readonly shape: "tumbler" | "flask"; readonly paint: Color; readonly accent: Color }
  | { readonly kind: "gear"; readonly thing: Gear; readonly paint: Color; readonly accent: Color };

export type Gear = "dripper" | "carafe" | "press" | "moka" | "grinder" | "scale" | "filters" | "kettle" | "pitcher" | "tote" | "glasses";
