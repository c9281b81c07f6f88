import { color } from "../pictures/colors.ts";
import type { Color } from "../pictures/colors.ts";
import type { DrinkTop, Garnish, GlassShape, Picture, Tint } from "../pictures/picture.ts";
import type { Section } from "./sketch.ts";

type CupSize = "small" | "medium" | "large" | "bowl";

function cup(tint: Tint, size: CupSize, glaze: Color, drink: Color, top: DrinkTop): Picture {
  return { tint, kind: "cup", size, glaze, drink, top };
}

function iced(tint: Tint, shape: GlassShape, layers: readonly (readonly [Color, number])[], garnish: Garnish = "none"): Picture {
  return { tint, kind: "glass", shape, layers, hasIce: true, garnish };
}

const BLACK = ["size", "coffee", "syrup"];
const WHITE = ["size", "milk", "coffee", "extra", "syrup"];

/** Made at the bar, one by one. */
// oxfmt-ignore
export const coffee: Section = {
  category: "coffee", taxClass: "hot_drink", isTracked: false, isShippable: false, station: "bar", prepSeconds: 45, diet: "vegetarian",
  products: [
    {
      sku: "COF-ESP", price: 220, prepSeconds: 30, diet: "vegan", options: ["coffee"],
      name: ["Espresso", "Espresso", "Espresso", "Cafè sol"],
      about: ["Short, round, with notes of cocoa and roasted hazelnut.", "Court et rond, aux notes de cacao et de noisette grillée.", "Kurz und rund, mit Noten von Kakao und gerösteter Haselnuss.", "Curt i rodó, amb notes de cacau i avellana torrada."],
      picture: cup("cream", "small", color.terracotta, color.espresso, "crema"),
    },
    {
      sku: "COF-DBL", price: 290, prepSeconds: 35, diet: "vegan", options: ["coffee"],
      name: ["Double espresso", "Double espresso", "Doppelter Espresso", "Cafè doble"],
      about: ["Two shots pulled together, for a clear head.", "Deux doses tirées ensemble, pour y voir clair.", "Zwei Shots zusammen gezogen, für einen klaren Kopf.", "Dues dosis alhora, per aclarir les idees."],
      picture: cup("sand", "small", color.night, color.espresso, "crema"),
    },
    {
      sku: "COF-MAC", price: 260, prepSeconds: 40, allergens: ["milk"], options: ["milk", "coffee"],
      name: ["Espresso macchiato", "Noisette", "Espresso macchiato", "Tallat curt"],
      about: ["Espresso with a spoon of milk foam.", "Un espresso et une cuillère de mousse de lait.", "Espresso mit einem Löffel Milchschaum.", "Un espresso amb una cullerada d’escuma de llet."],
      picture: cup("blush", "small", color.oat, color.crema, "foam"),
    },
    {
      sku: "COF-COR", price: 310, allergens: ["milk"], options: ["milk", "coffee"],
      name: ["Cortado", "Cortado", "Cortado", "Tallat"],
      about: ["Equal parts of espresso and warm milk, in a small glass.", "Moitié espresso, moitié lait chaud, dans un petit verre.", "Halb Espresso, halb warme Milch, im kleinen Glas.", "Meitat cafè i meitat llet calenta, en got petit."],
      picture: { tint: "sage", kind: "glass", shape: "short", layers: [[color.latte, 0.8], [color.foam, 0.2]], hasIce: false, garnish: "none" },
    },
    {
      sku: "COF-AME", price: 280, diet: "vegan", options: BLACK,
      name: ["Americano", "Café allongé", "Americano", "Cafè americà"],
      about: ["Espresso lengthened with hot water: long, clear and gentle.", "Un espresso allongé d’eau chaude : long, net et doux.", "Espresso mit heißem Wasser verlängert: lang, klar und mild.", "Espresso allargat amb aigua calenta: llarg, net i suau."],
      picture: cup("sky", "medium", color.lagoon, color.coffee, "plain"),
    },
    {
      sku: "COF-CRE", price: 300, diet: "vegan", options: BLACK,
      name: ["Café crème", "Café crème", "Café Crème", "Cafè llarg"],
      about: ["Brewed long under pressure, with a thin golden crema.", "Extrait long sous pression, coiffé d’une fine crème dorée.", "Lang gebrüht, mit feiner goldener Crema.", "Extret llarg a pressió, amb una fina crema daurada."],
      picture: cup("butter", "medium", color.white, color.coffee, "crema"),
    },
    {
      sku: "COF-CAP", price: 360, prepSeconds: 60, allergens: ["milk"], options: WHITE,
      name: ["Cappuccino", "Cappuccino", "Cappuccino", "Cappuccino"],
      about: ["Espresso under thick, silky foam, with a little cocoa if you like.", "Un espresso sous une mousse épaisse et soyeuse, cacao à volonté.", "Espresso unter dichtem, seidigem Schaum, auf Wunsch mit Kakao.", "Espresso sota una escuma espessa i sedosa, amb cacau si en vols."],
      picture: cup("blush", "medium", color.terracotta, color.crema, "cocoa"),
    },
    {
      sku: "COF-LAT", price: 390, prepSeconds: 60, allergens: ["milk"], options: WHITE,
      name: ["Caffè latte", "Latte", "Milchkaffee", "Cafè amb llet"],
      about: ["Plenty of steamed milk and one honest shot.", "Beaucoup de lait chaud et une vraie dose d’espresso.", "Viel aufgeschäumte Milch und ein ehrlicher Shot.", "Força llet escumada i una bona dosi de cafè."],
      picture: cup("stone", "large", color.dusk, color.latte, "leaf"),
    },
    {
      sku: "COF-FLW", price: 380, prepSeconds: 60, allergens: ["milk"], options: ["milk", "coffee", "extra", "syrup"],
      name: ["Flat white", "Flat white", "Flat White", "Flat white"],
      about: ["A double shot with thin, velvety milk. The one our baristas drink.", "Une double dose et un lait fin et velouté. Celui que boivent nos baristas.", "Doppelter Shot mit dünner, samtiger Milch. Den trinken unsere Baristas.", "Doble dosi amb llet fina i vellutada. El que beuen els nostres baristes."],
      picture: cup("sage", "medium", color.moss, color.latte, "heart"),
    },
    {
      sku: "COF-LMA", price: 420, prepSeconds: 70, allergens: ["milk"], options: WHITE,
      name: ["Latte macchiato", "Latte macchiato", "Latte macchiato", "Latte macchiato"],
      about: ["Milk, coffee and foam in three layers, served in a tall glass.", "Lait, café et mousse en trois couches, dans un grand verre.", "Milch, Kaffee und Schaum in drei Schichten, im hohen Glas.", "Llet, cafè i escuma en tres capes, en got alt."],
      picture: { tint: "cream", kind: "glass", shape: "handle", layers: [[color.milk, 0.36], [color.latte, 0.3], [color.foam, 0.34]], hasIce: false, garnish: "none" },
    },
    {
      sku: "COF-MOC", price: 440, prepSeconds: 75, allergens: ["milk", "soy"], options: WHITE,
      name: ["Mocha", "Moka", "Mokka mit Schokolade", "Moca"],
      about: ["Espresso, dark chocolate and milk, finished with cream.", "Espresso, chocolat noir et lait, couronnés de chantilly.", "Espresso, dunkle Schokolade und Milch, mit Sahne.", "Espresso, xocolata negra i llet, amb nata."],
      picture: cup("lilac", "large", color.plum, color.chocolate, "cream"),
    },
    {
      sku: "COF-VIE", price: 430, prepSeconds: 70, allergens: ["milk"], options: ["size", "coffee", "syrup"],
      name: ["Viennese coffee", "Café viennois", "Einspänner", "Cafè vienès"],
      about: ["Strong coffee under a cloud of whipped cream.", "Un café corsé sous un nuage de chantilly.", "Starker Kaffee unter einer Haube aus Schlagsahne.", "Cafè fort sota un núvol de nata."],
      picture: { tint: "blush", kind: "glass", shape: "handle", layers: [[color.coffee, 0.68], [color.foam, 0.32]], hasIce: false, garnish: "cream" },
    },
    {
      sku: "COF-FIL", price: 320, prepSeconds: 20, diet: "vegan", options: ["size"],
      name: ["Filter coffee", "Café filtre", "Filterkaffee", "Cafè de filtre"],
      about: ["Brewed every half hour; ask which farm is on today.", "Infusé toutes les demi-heures ; demandez la ferme du jour.", "Jede halbe Stunde frisch; fragen Sie nach der Farm des Tages.", "Fet cada mitja hora; pregunta quina finca toca avui."],
      picture: cup("stone", "large", color.oat, color.coffee, "plain"),
    },
    {
      sku: "COF-V60", price: 480, prepSeconds: 210, diet: "vegan",
      name: ["Hand-poured coffee", "Café filtre à la main", "Handfilter", "Cafè de filtre a mà"],
      about: ["One cup, three minutes, the single origin of the week.", "Une tasse, trois minutes, l’origine de la semaine.", "Eine Tasse, drei Minuten, die Herkunft der Woche.", "Una tassa, tres minuts, l’origen de la setmana."],
      picture: { tint: "sky", kind: "gear", thing: "dripper", paint: color.white, accent: color.coffee },
    },
    {
      sku: "COF-TRA", price: 450, prepSeconds: 80, allergens: ["milk", "nuts"], options: ["size", "milk", "coffee", "extra"],
      name: ["Trama latte", "Latte Trama", "Trama Latte", "Latte Trama"],
      about: ["Our own: almond, orange blossom and a drawn thread of caramel.", "La nôtre : amande, fleur d’oranger et un fil de caramel.", "Unser eigener: Mandel, Orangenblüte und ein Faden Karamell.", "El nostre: ametlla, flor de taronger i un fil de caramel."],
      picture: cup("butter", "large", color.terracotta, color.latte, "swirl"),
    },
    {
      sku: "COF-BOL", price: 410, prepSeconds: 60, allergens: ["milk"], options: ["milk", "coffee", "extra"],
      name: ["Café au lait bowl", "Café au lait au bol", "Schale Milchkaffee", "Bol de cafè amb llet"],
      about: ["Filter coffee and hot milk in a bowl, made for dipping.", "Café filtre et lait chaud dans un bol, parfait pour tremper.", "Filterkaffee und heiße Milch in der Schale, zum Eintunken.", "Cafè de filtre i llet calenta en un bol, per sucar-hi."],
      picture: cup("sky", "bowl", color.white, color.latte, "foam"),
    },
  ],
};

/** Cold coffee, over ice unless asked otherwise. */
// oxfmt-ignore
export const icedCoffee: Section = {
  category: "iced", taxClass: "cold_drink", isTracked: false, isShippable: false, station: "bar", prepSeconds: 50, diet: "vegetarian",
  products: [
    {
      sku: "ICE-LAT", price: 430, allergens: ["milk"], options: ["size", "milk", "coffee", "ice", "syrup"],
      name: ["Iced latte", "Latte glacé", "Iced Latte", "Latte amb gel"],
      about: ["Cold milk and a fresh double shot poured over ice.", "Lait froid et double espresso versé sur glace.", "Kalte Milch und ein frischer doppelter Shot auf Eis.", "Llet freda i doble espresso acabat de fer, amb gel."],
      picture: iced("sky", "tall", [[color.milk, 0.45], [color.latte, 0.3], [color.coffee, 0.25]], "straw"),
    },
    {
      sku: "ICE-AME", price: 340, diet: "vegan", options: ["size", "coffee", "ice", "syrup"],
      name: ["Iced Americano", "Americano glacé", "Iced Americano", "Americà amb gel"],
      about: ["Espresso, cold water, ice. Nothing to hide behind.", "Espresso, eau froide, glaçons. Rien d’autre.", "Espresso, kaltes Wasser, Eis. Sonst nichts.", "Espresso, aigua freda i gel. Res més."],
      picture: iced("stone", "tall", [[color.coffee, 0.6], [color.espresso, 0.4]]),
    },
    {
      sku: "ICE-CBR", price: 420, prepSeconds: 20, diet: "vegan", options: ["size", "ice", "syrup"],
      name: ["Cold brew", "Café infusé à froid", "Cold Brew", "Cafè en fred"],
      about: ["Steeped for sixteen hours: smooth, sweet, low in acid.", "Seize heures d’infusion : doux, rond, peu acide.", "Sechzehn Stunden gezogen: weich, süß, wenig Säure.", "Setze hores d’infusió: suau, dolç i poc àcid."],
      picture: iced("cream", "tumbler", [[color.coffee, 1]], "orange"),
    },
    {
      sku: "ICE-NIT", price: 460, prepSeconds: 15, diet: "vegan", options: ["size"],
      name: ["Nitro cold brew", "Cold brew nitro", "Nitro Cold Brew", "Cold brew nitro"],
      about: ["Cold brew from the tap, with a head as fine as stout.", "Infusé à froid, servi à la pression, avec une mousse fine.", "Cold Brew vom Hahn, mit feiner Krone.", "Cafè en fred de tirador, amb una escuma ben fina."],
      picture: { tint: "lilac", kind: "glass", shape: "tall", layers: [[color.espresso, 0.7], [color.crema, 0.14], [color.foam, 0.16]], hasIce: false, garnish: "none" },
    },
    {
      sku: "ICE-TON", price: 450, diet: "vegan", options: ["coffee"],
      name: ["Espresso tonic", "Espresso tonic", "Espresso Tonic", "Espresso amb tònica"],
      about: ["Espresso floating on tonic water, with a slice of orange.", "Un espresso posé sur du tonic, avec une tranche d’orange.", "Espresso auf Tonic Water, mit einer Scheibe Orange.", "Espresso sobre tònica, amb una rodanxa de taronja."],
      picture: iced("butter", "tumbler", [[color.water, 0.55], [color.latte, 0.15], [color.espresso, 0.3]], "orange"),
    },
    {
      sku: "ICE-SHA", price: 390, prepSeconds: 70, diet: "vegan", options: ["coffee", "sweet"],
      name: ["Shakerato", "Shakerato", "Shakerato", "Shakerato"],
      about: ["Espresso shaken hard with ice until it foams like velvet.", "Espresso secoué avec de la glace jusqu’à devenir velours.", "Espresso, mit Eis geschüttelt, bis er samtig schäumt.", "Espresso sacsejat amb gel fins que fa escuma de vellut."],
      picture: { tint: "blush", kind: "glass", shape: "stem", layers: [[color.coffee, 0.62], [color.crema, 0.38]], hasIce: false, garnish: "none" },
    },
    {
      sku: "ICE-MOC", price: 480, prepSeconds: 70, allergens: ["milk", "soy"], options: ["size", "milk", "ice", "extra"],
      name: ["Iced mocha", "Moka glacé", "Iced Mokka", "Moca amb gel"],
      about: ["Chocolate, espresso and cold milk, topped with cream.", "Chocolat, espresso et lait froid, surmontés de chantilly.", "Schokolade, Espresso und kalte Milch, mit Sahne.", "Xocolata, espresso i llet freda, amb nata."],
      picture: iced("lilac", "tall", [[color.chocolate, 0.25], [color.latte, 0.5], [color.milk, 0.25]], "cream"),
    },
    {
      sku: "ICE-AFF", price: 490, prepSeconds: 50, allergens: ["milk", "egg"], options: ["coffee"],
      name: ["Affogato", "Affogato", "Affogato", "Affogato"],
      about: ["Vanilla ice cream drowned in a hot espresso.", "Glace vanille noyée dans un espresso brûlant.", "Vanilleeis, ertränkt in heißem Espresso.", "Gelat de vainilla negat en un espresso calent."],
      picture: { tint: "cream", kind: "glass", shape: "stem", layers: [[color.espresso, 0.4], [color.milk, 0.6]], hasIce: false, garnish: "cream" },
    },
    {
      sku: "ICE-MAT", price: 470, prepSeconds: 75, allergens: ["milk"], options: ["size", "milk", "ice", "sweet"],
      name: ["Iced matcha latte", "Matcha latte glacé", "Iced Matcha Latte", "Matcha latte amb gel"],
      about: ["Stone-ground matcha over cold milk and ice.", "Matcha moulu à la pierre sur lait froid et glace.", "Steingemahlener Matcha auf kalter Milch und Eis.", "Matcha mòlt a la pedra sobre llet freda i gel."],
      picture: iced("sage", "tall", [[color.milk, 0.5], [color.matcha, 0.5]], "straw"),
    },
  ],
};
