// careless: view-writes

export const statement = "update stock.level set on_hand = 0";
