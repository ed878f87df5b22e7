// The PDUs of SMPP 3.4 that an ESME needs, read and written (sections 4 and 5). Pure.
import { headerOctets } from './framer.ts';
import { FrameError, OctetReader, OctetWriter } from './octets.ts';

/** Optional parameters by tag (section 5.3). */
export type Tlvs = ReadonlyMap<number, Uint8Array>;

/** An address with its type of number and numbering plan (sections 5.2.5, 5.2.6). */
export interface Address {
  readonly ton: number;
  readonly npi: number;
  readonly digits: string;
}

/** Fields of a bind (section 4.1). */
export interface BindBody {
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  readonly interfaceVersion: number;
  readonly addressRange: Address;
}

/** Fields that submit_sm and deliver_sm share (sections 4.4.1, 4.6.1). */
export interface MessageBody {
  readonly serviceType: string;
  readonly source: Address;
  readonly destination: Address;
  readonly esmClass: number;
  readonly protocolId: number;
  readonly priority: number;
  readonly scheduleDeliveryTime: string;
  readonly validityPeriod: string;
  readonly registeredDelivery: number;
  readonly replaceIfPresent: number;
  readonly dataCoding: number;
  readonly defaultMessageId: number;
  readonly shortMessage: Uint8Array;
  readonly tlvs: Tlvs;
}

/** Fields of a data_sm (section 4.7.1): its text is in the TLV message_payload. */
export interface DataBody {
  readonly serviceType: string;
  readonly source: Address;
  readonly destination: Address;
  readonly esmClass: number;
  readonly registeredDelivery: number;
  readonly dataCoding: number;
  readonly tlvs: Tlvs;
}

interface Bodies {
  bind_receiver: BindBody;
  bind_transmitter: BindBody;
  bind_transceiver: BindBody;
  bind_receiver_resp: { readonly systemId: string; readonly tlvs: Tlvs };
  bind_transmitter_resp: { readonly systemId: string; readonly tlvs: Tlvs };
  bind_transceiver_resp: { readonly systemId: string; readonly tlvs: Tlvs };
  submit_sm: MessageBody;
  submit_sm_resp: { readonly messageId: string; readonly tlvs: Tlvs };
  deliver_sm: MessageBody;
  deliver_sm_resp: { readonly messageId: string; readonly tlvs: Tlvs };
  data_sm: DataBody;
  data_sm_resp: { readonly messageId: string; readonly tlvs: Tlvs };
  unbind: object;
  unbind_resp: object;
  enquire_link: object;
  enquire_link_resp: object;
  generic_nack: object;
  alert_notification: object;
}

export type CommandName = keyof Bodies;

/** One PDU: its header without the length, and the fields of its command. */
export type Pdu = {
  [Name in CommandName]: {
    readonly command: Name;
    readonly status: number;
    readonly sequence: number;
  } & Bodies[Name];
}[CommandName];

/** The PDU of one command. */
export type PduOf<Name extends CommandName> = Extract<Pdu, { readonly command: Name }>;

/** A response has this bit and its request's other bits (section 5.1.2.1). */
export const responseBit = 0x8000_0000;

const commandIds: Readonly<Record<CommandName, number>> = {
  generic_nack: 0x8000_0000,
  bind_receiver: 0x0000_0001,
  bind_receiver_resp: 0x8000_0001,
  bind_transmitter: 0x0000_0002,
  bind_transmitter_resp: 0x8000_0002,
  submit_sm: 0x0000_0004,
  submit_sm_resp: 0x8000_0004,
  deliver_sm: 0x0000_0005,
  deliver_sm_resp: 0x8000_0005,
  unbind: 0x0000_0006,
  unbind_resp: 0x8000_0006,
  bind_transceiver: 0x0000_0009,
  bind_transceiver_resp: 0x8000_0009,
  enquire_link: 0x0000_0015,
  enquire_link_resp: 0x8000_0015,
  alert_notification: 0x0000_0102,
  data_sm: 0x0000_0103,
  data_sm_resp: 0x8000_0103,
};

const namesById = new Map(Object.entries(commandIds).map(([name, id]) => [id, name as CommandName]));

/** For PDUs without optional parameters. */
export const noTlvs: Tlvs = new Map();

/** The header of a PDU; `command` is `undefined` for an identifier that no command here has. */
export interface PduHeader {
  readonly commandId: number;
  readonly command: CommandName | undefined;
  readonly status: number;
  readonly sequence: number;
}

/** Reads the header of a whole PDU, which says how to answer even one whose fields cannot be read. */
export function readHeader(octets: Buffer): PduHeader {
  const commandId = octets.readUInt32BE(4);
  return {
    commandId,
    command: namesById.get(commandId),
    status: octets.readUInt32BE(8),
    sequence: octets.readUInt32BE(12),
  };
}

/**
 * Reads a whole PDU. A response with an error status may have its fields or none (section 4.4.2: both are seen); without them texts are
 * empty. Optional parameters are read behind every command; unknown tags are kept.
 * Throws FrameError for an unknown command, a C-octet string without an end, and a length that reaches beyond the PDU.
 */
export function decodePdu(octets: Buffer): Pdu {
  const { commandId, command, status, sequence } = readHeader(octets);
  const reader = new OctetReader(octets, headerOctets);
  switch (command) {
    case undefined:
      throw new FrameError(`unknown command 0x${commandId.toString(16).padStart(8, '0')}`);
    case 'bind_receiver':
    case 'bind_transmitter':
    case 'bind_transceiver':
      return { command, status, sequence, ...readBind(reader) };
    case 'bind_receiver_resp':
    case 'bind_transmitter_resp':
    case 'bind_transceiver_resp':
      return { command, status, sequence, systemId: readName(reader), tlvs: readTlvs(reader) };
    case 'submit_sm':
    case 'deliver_sm':
      return { command, status, sequence, ...readMessage(reader) };
    case 'submit_sm_resp':
    case 'deliver_sm_resp':
    case 'data_sm_resp':
      return { command, status, sequence, messageId: readName(reader), tlvs: readTlvs(reader) };
    case 'data_sm':
      return { command, status, sequence, ...readData(reader) };
    default:
      return { command, status, sequence };
  }
}

/** Returns the octets of a PDU. Throws RangeError for a value that does not fit its field. */
export function encodePdu(pdu: Pdu): Buffer {
  const writer = new OctetWriter(headerOctets);
  switch (pdu.command) {
    case 'bind_receiver':
    case 'bind_transmitter':
    case 'bind_transceiver':
      writeBind(writer, pdu);
      break;
    case 'bind_receiver_resp':
    case 'bind_transmitter_resp':
    case 'bind_transceiver_resp':
      writer.cString(pdu.systemId);
      writeTlvs(writer, pdu.tlvs);
      break;
    case 'submit_sm':
    case 'deliver_sm':
      writeMessage(writer, pdu);
      break;
    case 'submit_sm_resp':
    case 'deliver_sm_resp':
    case 'data_sm_resp':
      writer.cString(pdu.messageId);
      writeTlvs(writer, pdu.tlvs);
      break;
    case 'data_sm':
      writeData(writer, pdu);
      break;
    default:
  }
  return writer.finish(commandIds[pdu.command], pdu.status, pdu.sequence);
}

function readName(reader: OctetReader): string {
  return reader.left === 0 ? '' : reader.cString();
}

function readAddress(reader: OctetReader): Address {
  return { ton: reader.uint8(), npi: reader.uint8(), digits: reader.cString() };
}

function writeAddress(writer: OctetWriter, { ton, npi, digits }: Address): void {
  writer.uint8(ton);
  writer.uint8(npi);
  writer.cString(digits);
}

function readBind(reader: OctetReader): BindBody {
  return {
    systemId: reader.cString(),
    password: reader.cString(),
    systemType: reader.cString(),
    interfaceVersion: reader.uint8(),
    addressRange: readAddress(reader),
  };
}

function writeBind(writer: OctetWriter, bind: BindBody): void {
  writer.cString(bind.systemId);
  writer.cString(bind.password);
  writer.cString(bind.systemType);
  writer.uint8(bind.interfaceVersion);
  writeAddress(writer, bind.addressRange);
}

function readMessage(reader: OctetReader): MessageBody {
  return {
    serviceType: reader.cString(),
    source: readAddress(reader),
    destination: readAddress(reader),
    esmClass: reader.uint8(),
    protocolId: reader.uint8(),
    priority: reader.uint8(),
    scheduleDeliveryTime: reader.cString(),
    validityPeriod: reader.cString(),
    registeredDelivery: reader.uint8(),
    replaceIfPresent: reader.uint8(),
    dataCoding: reader.uint8(),
    defaultMessageId: reader.uint8(),
    shortMessage: reader.octets(reader.uint8()),
    tlvs: readTlvs(reader),
  };
}

function writeMessage(writer: OctetWriter, message: MessageBody): void {
  writer.cString(message.serviceType);
  writeAddress(writer, message.source);
  writeAddress(writer, message.destination);
  writer.uint8(message.esmClass);
  writer.uint8(message.protocolId);
  writer.uint8(message.priority);
  writer.cString(message.scheduleDeliveryTime);
  writer.cString(message.validityPeriod);
  writer.uint8(message.registeredDelivery);
  writer.uint8(message.replaceIfPresent);
  writer.uint8(message.dataCoding);
  writer.uint8(message.defaultMessageId);
  writer.uint8(message.shortMessage.length);
  writer.octets(message.shortMessage);
  writeTlvs(writer, message.tlvs);
}

function readData(reader: OctetReader): DataBody {
  return {
    serviceType: reader.cString(),
    source: readAddress(reader),
    destination: readAddress(reader),
    esmClass: reader.uint8(),
    registeredDelivery: reader.uint8(),
    dataCoding: reader.uint8(),
    tlvs: readTlvs(reader),
  };
}

function writeData(writer: OctetWriter, data: DataBody): void {
  writer.cString(data.serviceType);
  writeAddress(writer, data.source);
  writeAddress(writer, data.destination);
  writer.uint8(data.esmClass);
  writer.uint8(data.registeredDelivery);
  writer.uint8(data.dataCoding);
  writeTlvs(writer, data.tlvs);
}

/** Reads what is left as optional parameters; of a tag that comes twice the first counts. */
function readTlvs(reader: OctetReader): Tlvs {
  if (reader.left === 0) return noTlvs;
  const tlvs = new Map<number, Uint8Array>();
  while (reader.left > 0) {
    const tag = reader.uint16();
    const value = reader.octets(reader.uint16());
    if (!tlvs.has(tag)) tlvs.set(tag, value);
  }
  return tlvs;
}

function writeTlvs(writer: OctetWriter, tlvs: Tlvs): void {
  for (const [tag, value] of tlvs) {
    writer.uint16(tag);
    writer.uint16(value.length);
    writer.octets(value);
  }
}
