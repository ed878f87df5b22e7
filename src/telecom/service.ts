// The two services of text messaging.

export type Service = 'sms' | 'mms';
