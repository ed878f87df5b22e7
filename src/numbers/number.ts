// A phone number that an account rents or has imported. Pure.

import { regionName } from '../telecom/area-codes.ts';
import { countryName, type PhoneNumber } from '../telecom/e164.ts';
import { inventoryServices } from '../telecom/inventory.ts';

export type NumberKind = 'longcode' | 'tollfree';
export type NumberType = 'local' | 'tollfree' | 'mobile' | 'fixed' | 'national';

/** The verification of a toll-free number by its carriers: nothing was asked for, it is being looked at, it may send, it may not. */
export const tollfreeVerifications = ['unverified', 'pending', 'verified', 'rejected'] as const;
export type TollfreeVerification = (typeof tollfreeVerifications)[number];

export interface RentedNumber {
  /** E.164 digits. */
  readonly number: string;
  /** The main account. */
  readonly accountId: string;
  /** The subaccount it is assigned to, if any. */
  readonly subaccountId: string | null;
  /** Its own application. While it is in a pool the powerpack's application goes first. */
  readonly applicationId: string | null;
  readonly alias: string;
  readonly kind: NumberKind;
  readonly numberType: NumberType;
  readonly countryIso2: string;
  /** For people, such as "California, UNITED STATES". */
  readonly region: string;
  readonly carrier: string;
  readonly smsEnabled: boolean;
  readonly mmsEnabled: boolean;
  readonly voiceEnabled: boolean;
  readonly addedAt: Date;
  /** Of a toll-free number; `null` where nothing is known, which keeps it from nothing. */
  readonly tollfreeVerification: TollfreeVerification | null;
  /** The 10DLC campaign that it sends for. */
  readonly campaignId: string | null;
}

/** The settings that an owner gives a number when it is rented or imported. */
export interface Ownership {
  readonly accountId: string;
  readonly subaccountId: string | null;
  readonly applicationId: string | null;
  readonly alias: string;
  readonly carrier: string;
  /** Overrides the region that the number itself tells. */
  readonly region?: string;
}

/** Returns a number as it is when it comes to an account: text messages and media on, voice off, since this server has none. */
export function newNumber(phoneNumber: PhoneNumber, owner: Ownership, now: Date): RentedNumber {
  return {
    number: phoneNumber.number,
    accountId: owner.accountId,
    subaccountId: owner.subaccountId,
    applicationId: owner.applicationId,
    alias: owner.alias,
    kind: phoneNumber.kind,
    numberType: phoneNumber.numberType,
    countryIso2: phoneNumber.countryIso2,
    region: owner.region ?? regionText(phoneNumber),
    carrier: owner.carrier,
    smsEnabled: inventoryServices.sms,
    mmsEnabled: inventoryServices.mms,
    voiceEnabled: inventoryServices.voice,
    addedAt: now,
    tollfreeVerification: null,
    campaignId: null,
  };
}

/** Returns a region as the vendor writes it: "California, UNITED STATES", or the country alone where the region is unknown. */
export function regionText(phoneNumber: Pick<PhoneNumber, 'countryIso2' | 'regionCode'>): string {
  const country = countryName(phoneNumber.countryIso2);
  if (phoneNumber.regionCode === undefined) return country;
  return `${regionName(phoneNumber.countryIso2, phoneNumber.regionCode) ?? phoneNumber.regionCode}, ${country}`;
}
