import { color } from "../pictures/colors.ts";
import type { Section } from "./sketch.ts";

/** Sandwiches lie ready and are counted; what the kitchen makes to order is not. */
const TO_ORDER = { isTracked: false, station: "kitchen" } as const;

// oxfmt-ignore
export const savory: Section = {
  category: "savory", taxClass: "prepared_food", isTracked: true, isShippable: false, station: "counter", prepSeconds: 20, diet: "vegetarian",
  products: [
    {
      sku: "SAV-JAM", price: 620, diet: "other", allergens: ["gluten", "milk"],
      name: ["Ham and butter baguette", "Jambon-beurre", "Baguette mit Schinken und Butter", "Baguet de pernil dolç i mantega"],
      about: ["Paris ham, salted butter, gherkins, fresh baguette.", "Jambon de Paris, beurre demi-sel, cornichons, baguette fraîche.", "Pariser Schinken, Salzbutter, Gewürzgurken, frisches Baguette.", "Pernil dolç, mantega salada, cogombrets i baguet del dia."],
      picture: { tint: "sky", kind: "baguette", bread: color.crust, fillings: [color.ham, color.cheese, color.salad] },
    },
    {
      sku: "SAV-BRI", price: 650, allergens: ["gluten", "milk", "nuts"],
      name: ["Brie, fig and walnut baguette", "Baguette brie, figue et noix", "Baguette mit Brie, Feige und Walnuss", "Baguet de brie, figa i nous"],
      about: ["Ripe brie, fig chutney, walnuts.", "Brie affiné, chutney de figues, noix.", "Reifer Brie, Feigenchutney, Walnüsse.", "Brie madur, confitura de figa i nous."],
      picture: { tint: "lilac", kind: "baguette", bread: color.golden2, fillings: [color.brie, color.plum, color.salad] },
    },
    {
      sku: "SAV-SER", price: 680, diet: "other", allergens: ["gluten"],
      name: ["Cured ham baguette with tomato", "Baguette au jambon serrano et tomate", "Baguette mit Serrano und Tomate", "Entrepà de pernil salat"],
      about: ["Bread rubbed with tomato, oil, cured ham.", "Pain frotté à la tomate, huile d’olive, jambon serrano.", "Brot mit Tomate eingerieben, Öl, Serranoschinken.", "Pa amb tomàquet, oli i pernil salat."],
      picture: { tint: "cream", kind: "baguette", bread: color.crust, fillings: [color.serrano, color.tomato] },
    },
    {
      sku: "SAV-FUE", price: 590, diet: "other", allergens: ["gluten"],
      name: ["Fuet sandwich", "Sandwich au fuet", "Fuet-Sandwich", "Entrepà de fuet"],
      about: ["Thin dry sausage from Vic, in crisp bread.", "Fine saucisse sèche de Vic dans un pain croustillant.", "Feine Trockenwurst aus Vic im knusprigen Brot.", "Fuet de Vic ben prim, en pa cruixent."],
      picture: { tint: "sand", kind: "baguette", bread: color.bake, fillings: [color.rose, color.salad] },
    },
    {
      sku: "SAV-TOM", price: 420, diet: "vegan", allergens: ["gluten"], prepSeconds: 90, ...TO_ORDER, options: ["add"],
      name: ["Bread with tomato", "Pain à la tomate", "Brot mit Tomate", "Pa amb tomàquet"],
      about: ["Toasted country bread, ripe tomato, olive oil, salt.", "Pain de campagne grillé, tomate mûre, huile d’olive, sel.", "Geröstetes Landbrot, reife Tomate, Olivenöl, Salz.", "Pa de pagès torrat, tomàquet madur, oli i sal."],
      picture: { tint: "blush", kind: "toast", bread: color.crust, spread: color.tomato, topping: "tomato" },
    },
    {
      sku: "SAV-AVO", price: 780, diet: "vegan", allergens: ["gluten", "sesame"], prepSeconds: 150, ...TO_ORDER, options: ["add"],
      name: ["Avocado toast", "Tartine à l’avocat", "Avocadobrot", "Torrada d’alvocat"],
      about: ["Sourdough, crushed avocado, radish, sesame.", "Pain au levain, avocat écrasé, radis, sésame.", "Sauerteigbrot, zerdrückte Avocado, Radieschen, Sesam.", "Pa de massa mare, alvocat aixafat, rave i sèsam."],
      picture: { tint: "butter", kind: "toast", bread: color.crust, spread: color.avocado, topping: "avocado" },
    },
    {
      sku: "SAV-EGG", price: 740, allergens: ["gluten", "milk", "egg"], prepSeconds: 180, ...TO_ORDER, options: ["add"],
      name: ["Soft egg on toast", "Tartine à l’œuf mollet", "Weiches Ei auf Röstbrot", "Torrada amb ou poc cuit"],
      about: ["Herb butter, chives and an egg that still runs.", "Beurre aux herbes, ciboulette et un œuf coulant.", "Kräuterbutter, Schnittlauch und ein Ei, das noch fließt.", "Mantega d’herbes, cibulet i un ou que encara raja."],
      picture: { tint: "sage", kind: "toast", bread: color.bake, spread: color.cheese, topping: "egg" },
    },
    {
      sku: "SAV-GOA", price: 790, allergens: ["gluten", "milk", "nuts"], prepSeconds: 180, ...TO_ORDER,
      name: ["Warm goat cheese toast", "Tartine de chèvre chaud", "Warmer Ziegenkäse auf Brot", "Torrada de formatge de cabra"],
      about: ["Goat cheese, honey, thyme, walnuts.", "Chèvre, miel, thym, noix.", "Ziegenkäse, Honig, Thymian, Walnüsse.", "Formatge de cabra, mel, farigola i nous."],
      picture: { tint: "stone", kind: "toast", bread: color.crust, spread: color.brie, topping: "goat" },
    },
    {
      sku: "SAV-CRQ", price: 820, diet: "other", allergens: ["gluten", "milk", "mustard"], prepSeconds: 240, ...TO_ORDER, options: ["add"],
      name: ["Croque-monsieur", "Croque-monsieur", "Croque Monsieur", "Bikini gratinat"],
      about: ["Ham, Comté and béchamel, browned in the oven.", "Jambon, comté et béchamel, gratinés au four.", "Schinken, Comté und Béchamel, im Ofen gebräunt.", "Pernil dolç, comté i beixamel, gratinat al forn."],
      picture: { tint: "cream", kind: "toast", bread: color.crust, spread: color.cheese, topping: "melted" },
    },
    {
      sku: "SAV-QUI", price: 680, diet: "other", allergens: ["gluten", "milk", "egg"], options: ["serve"],
      name: ["Quiche Lorraine", "Quiche lorraine", "Quiche Lorraine", "Quiche lorraine"],
      about: ["Bacon, cream and eggs in short pastry, with salad.", "Lardons, crème et œufs sur pâte brisée, avec salade.", "Speck, Sahne und Eier im Mürbeteig, mit Salat.", "Cansalada, nata i ous en pasta trencada, amb amanida."],
      picture: { tint: "blush", kind: "tart", filling: color.egg, topping: "none" },
    },
    {
      sku: "SAV-LEE", price: 660, allergens: ["gluten", "milk", "egg"], options: ["serve"],
      name: ["Leek and mustard quiche", "Quiche poireau moutarde", "Lauch-Senf-Quiche", "Quiche de porro i mostassa"],
      about: ["Melted leeks and grain mustard, with salad.", "Poireaux fondants et moutarde à l’ancienne, avec salade.", "Geschmorter Lauch und grober Senf, mit Salat.", "Porros confitats i mostassa antiga, amb amanida."],
      picture: { tint: "sky", kind: "tart", filling: color.brie, topping: "leek" },
    },
    {
      sku: "SAV-SAL", price: 790, diet: "other", allergens: ["gluten", "milk", "fish", "sesame"],
      name: ["Smoked salmon bagel", "Bagel au saumon fumé", "Bagel mit Räucherlachs", "Bagel de salmó fumat"],
      about: ["Cream cheese, dill, pickled cucumber.", "Fromage frais, aneth, concombre mariné.", "Frischkäse, Dill, eingelegte Gurke.", "Formatge fresc, anet i cogombre adobat."],
      picture: { tint: "stone", kind: "bun", shape: "bagel", bread: color.crust, fillings: [color.salmon, color.sugar, color.salad] },
    },
    {
      sku: "SAV-FOC", price: 690, diet: "vegan", allergens: ["gluten", "celery"], options: ["serve"],
      name: ["Roasted vegetable focaccia", "Focaccia aux légumes rôtis", "Focaccia mit Ofengemüse", "Focaccia d’escalivada"],
      about: ["Peppers, eggplant and onion from the embers.", "Poivrons, aubergine et oignon à la braise.", "Paprika, Aubergine und Zwiebel aus der Glut.", "Pebrot, albergínia i ceba al caliu."],
      picture: { tint: "sage", kind: "bun", shape: "focaccia", bread: color.golden2, fillings: [color.tomato, color.plum, color.salad] },
    },
    {
      sku: "SAV-OBA", price: 640, allergens: ["gluten", "milk"],
      name: ["Pretzel roll with Obatzda", "Petit pain bretzel à l’Obatzda", "Laugensemmel mit Obatzda", "Panet de brètzel amb Obatzda"],
      about: ["Bavarian cheese spread, red onion, chives.", "Crème de fromage bavaroise, oignon rouge, ciboulette.", "Bayerischer Käseaufstrich, rote Zwiebel, Schnittlauch.", "Crema de formatge bavaresa, ceba vermella i cibulet."],
      picture: { tint: "butter", kind: "bun", shape: "roll", bread: color.bake, fillings: [color.carrot, color.salad] },
    },
    {
      sku: "SAV-HUM", price: 680, diet: "vegan", allergens: ["gluten", "sesame"],
      name: ["Hummus wrap", "Wrap au houmous", "Hummus-Wrap", "Wrap d’hummus"],
      about: ["Chickpeas, grilled carrots, herbs, lemon.", "Pois chiches, carottes grillées, herbes, citron.", "Kichererbsen, gegrillte Karotten, Kräuter, Zitrone.", "Cigrons, pastanaga a la brasa, herbes i llimona."],
      picture: { tint: "lilac", kind: "wrap", bread: color.dough, fillings: [color.hummus, color.carrot, color.leaf] },
    },
    {
      sku: "SAV-GRA", price: 620, allergens: ["gluten", "milk", "nuts"], prepSeconds: 60, ...TO_ORDER,
      name: ["Yogurt with granola", "Yaourt au granola", "Joghurt mit Granola", "Iogurt amb granola"],
      about: ["Thick yogurt, house granola, fruit of the season.", "Yaourt épais, granola maison, fruits de saison.", "Dicker Joghurt, hausgemachtes Granola, Obst der Saison.", "Iogurt espès, granola de la casa i fruita del temps."],
      picture: { tint: "blush", kind: "bowl", glaze: color.lagoon, content: color.sugar, bits: [color.crust, color.berry, color.cherry] },
    },
    {
      sku: "SAV-POR", price: 590, diet: "vegan", allergens: ["gluten"], prepSeconds: 120, ...TO_ORDER,
      name: ["Oat porridge", "Porridge à l’avoine", "Haferporridge", "Farinetes de civada"],
      about: ["Slow oats, apple, cinnamon, maple syrup.", "Avoine douce, pomme, cannelle, sirop d’érable.", "Langsam gekochter Hafer, Apfel, Zimt, Ahornsirup.", "Civada a foc lent, poma, canyella i xarop d’auró."],
      picture: { tint: "sand", kind: "bowl", glaze: color.terracotta, content: color.oat, bits: [color.apple, color.crema, color.bake] },
    },
    {
      sku: "SAV-LEN", price: 890, diet: "vegan", allergens: ["mustard"], prepSeconds: 90, ...TO_ORDER, options: ["add"],
      name: ["Lentil salad bowl", "Bol de lentilles", "Linsensalat-Bowl", "Bol d’amanida de llenties"],
      about: ["Green lentils, beetroot, herbs, mustard dressing.", "Lentilles vertes, betterave, herbes, vinaigrette moutardée.", "Grüne Linsen, Rote Bete, Kräuter, Senfdressing.", "Llenties verdes, remolatxa, herbes i vinagreta de mostassa."],
      picture: { tint: "cream", kind: "bowl", glaze: color.pine, content: color.moss, bits: [color.beet, color.salad, color.carrot] },
    },
  ],
};
