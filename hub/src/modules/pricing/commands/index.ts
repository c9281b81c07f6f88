export { type PriceKey, removePrices, savePriceLists, setPrices } from "./price-lists.ts";
export { type SetRounding, type TaxSettings, setRounding, setTaxRates } from "./taxes.ts";
export { carryDeposits, saveDeposit, type Carrying } from "./deposits.ts";
export { type CodeLimits, type CodeUses, codeUsesLeft, createCode, endCode, giveBackCodes, useCodes, usedUpCode } from "./codes.ts";
export { erasePricingRecords, joinCustomerGroup, leaveCustomerGroup } from "./customer-groups.ts";
export { changePromotion, createPromotion, endPromotion, markUsedUp, usedUpPromotion } from "./promotions.ts";
export { addPromotionCodes, type WantedCodes } from "./promotion-codes.ts";
