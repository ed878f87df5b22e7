// The API's paths and schemas, written by client/generate.mjs from the OpenAPI description. Not to be edited.
// Paths are those below an account: the client knows whose it is.

export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve the account */
        get: operations["getAccount"];
        put?: never;
        /** Update the account */
        post: operations["updateAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Token/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the auth token
         * @description Makes a new auth token. The old one stays valid for `grace_seconds`.
         */
        post: operations["rotateToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Pricing/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve prices for a country
         * @description Nothing costs anything on a server of your own: every rate is zero.
         */
        get: operations["getPricing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Event/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch what changes
         * @description Server-sent events, of a main account with its subaccounts or of one subaccount. They are hints: who is told `change` asks for what it shows. First comes `hello`, then at most four events a second, and a comment every 15 seconds. With the header `Last-Event-ID` what was missed comes at once; where that is not known any more, or the server is another process, `reset` comes instead: fetch everything again. A stream ends after 15 minutes, when the server stops, and soon after its credentials do (who then asks again is answered 401). The credentials of each account and each subaccount may have 20 at a time, a main account with its subaccounts 200, in each process. Where several processes share a database, what another one did is told without `message_uuids`, and only when more than 200 accounts change within 250 milliseconds may somebody be told of a change that was none of theirs.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Subaccount/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List subaccounts */
        get: operations["listSubaccounts"];
        put?: never;
        /** Create a subaccount */
        post: operations["createSubaccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Subaccount/{subaccount_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve a subaccount */
        get: operations["getSubaccount"];
        put?: never;
        /** Update a subaccount */
        post: operations["updateSubaccount"];
        /**
         * Delete a subaccount
         * @description Its numbers and applications return to the main account. While it owns powerpacks it is only deleted, together with them, when `cascade` is set.
         */
        delete: operations["deleteSubaccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Application/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List applications */
        get: operations["listApplications"];
        put?: never;
        /** Create an application */
        post: operations["createApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Application/{app_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve an application */
        get: operations["getApplication"];
        put?: never;
        /**
         * Update an application
         * @description Changes only what was sent. The URL `none` empties a URL.
         */
        post: operations["updateApplication"];
        /**
         * Delete an application
         * @description Numbers and powerpacks that refer to it are detached.
         */
        delete: operations["deleteApplication"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/PhoneNumber/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search numbers for sale
         * @description The simulator's inventory: 555-0100 to 555-0199 of every US and Canadian area code and toll-free code.
         */
        get: operations["searchPhoneNumbers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/PhoneNumber/{number}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rent a number */
        post: operations["rentPhoneNumber"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Number/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List rented numbers */
        get: operations["listNumbers"];
        put?: never;
        /**
         * Add own numbers
         * @description Takes in numbers of carriers of your own: all of them, or none.
         */
        post: operations["addNumbers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Number/{number}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve a rented number */
        get: operations["getNumber"];
        put?: never;
        /** Update a rented number */
        post: operations["updateNumber"];
        /**
         * Unrent a number
         * @description The number leaves its powerpack, and is held for the account for some days before anyone may rent it.
         */
        delete: operations["unrentNumber"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Powerpack/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List powerpacks */
        get: operations["listPowerpacks"];
        put?: never;
        /** Create a powerpack */
        post: operations["createPowerpack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Powerpack/Deleted/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deleted powerpacks that can be restored
         * @description The last deleted first, each with the moment until which it can be restored and the number of its members then.
         */
        get: operations["listDeletedPowerpacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Powerpack/{powerpack_uuid}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve a powerpack */
        get: operations["getPowerpack"];
        put?: never;
        /**
         * Update a powerpack
         * @description Changes only what was sent. `application_id` `none` detaches the application; turning `sticky_sender` off forgets the sticky senders.
         */
        post: operations["updatePowerpack"];
        /**
         * Delete a powerpack
         * @description Its numbers stay rented unless `unrent_numbers` is set. A setting of the server makes the answer 200 with an acknowledgement.
         */
        delete: operations["deletePowerpack"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Powerpack/{powerpack_uuid}/DeletePlan/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plan the deletion of a powerpack
         * @description Tells what a deletion would do, and changes nothing.
         */
        get: operations["planDeletion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Powerpack/{powerpack_uuid}/Restore/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a deleted powerpack
         * @description Brings back the powerpack with every member that is still free. Unrented numbers are rented again.
         */
        post: operations["restorePowerpack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Powerpack/{powerpack_uuid}/Explain/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Explain who would send a message
         * @description A dry run: names the sender, the rule that decides, how long the message would wait, and why each other member is passed over. Changes nothing.
         */
        post: operations["explainSender"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Powerpack/{powerpack_uuid}/Queue/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the queues of a powerpack's members
         * @description For each member where it is, how many messages wait, since when, when it is free next, what it sent today, its limits and its health; a summary of all members, whichever are listed.
         */
        get: operations["listQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Powerpack/{powerpack_uuid}/Region/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the regions of a powerpack's members
         * @description For each state of the US and each province of Canada: its area codes, how many members have one of them, what waits in their queues and what they sent today. A number whose area code is shared counts in each province that shares it.
         */
        get: operations["listPoolRegions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Powerpack/{powerpack_uuid}/Sticky/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sticky senders of a powerpack
         * @description Which member each recipient hears from; those whose life has ended are left out.
         */
        get: operations["listStickySenders"];
        put?: never;
        post?: never;
        /** Reset all sticky senders of a powerpack */
        delete: operations["resetStickySenders"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Powerpack/{powerpack_uuid}/Sticky/{destination}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find the sticky sender of a recipient */
        get: operations["findStickySender"];
        put?: never;
        /**
         * Pin a recipient to a member
         * @description From now on the recipient hears from this member, whoever it was before.
         */
        post: operations["pinStickySender"];
        /**
         * Reset the sticky sender of a recipient
         * @description The next message to the recipient chooses anew.
         */
        delete: operations["resetStickySender"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Queue/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the queues of all powerpacks
         * @description For each powerpack of the account what waits in the queues of its members, and how many of them are healthy; the summaries of `Powerpack/{powerpack_uuid}/Queue/` on one page.
         */
        get: operations["listPowerpackQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/NumberPool/{number_pool_uuid}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve a number pool */
        get: operations["getPool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/NumberPool/{number_pool_uuid}/Number/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the numbers of a pool */
        get: operations["listPoolNumbers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/NumberPool/{number_pool_uuid}/Number/{number}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find a number in a pool */
        get: operations["findPoolNumber"];
        put?: never;
        /**
         * Add a number to a pool
         * @description With `rent` the number is rented first when the account does not have it: both or neither.
         */
        post: operations["addPoolNumber"];
        /** Remove a number from a pool */
        delete: operations["removePoolNumber"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/NumberPool/{number_pool_uuid}/Tollfree/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the toll-free numbers of a pool */
        get: operations["listPoolTollfree"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/NumberPool/{number_pool_uuid}/Tollfree/{number}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find a toll-free number in a pool */
        get: operations["findPoolTollfree"];
        put?: never;
        /**
         * Add a toll-free number to a pool
         * @description With `rent` the number is rented first when the account does not have it: both or neither.
         */
        post: operations["addPoolTollfree"];
        /** Remove a toll-free number from a pool */
        delete: operations["removePoolTollfree"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/NumberPool/{number_pool_uuid}/Shortcode/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the short codes of a pool */
        get: operations["listPoolShortcodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/NumberPool/{number_pool_uuid}/Shortcode/{shortcode}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find a short code in a pool */
        get: operations["findPoolShortcode"];
        put?: never;
        /** Attach a short code to a pool */
        post: operations["addPoolShortcode"];
        /** Remove a short code from a pool */
        delete: operations["removePoolShortcode"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Message/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages
         * @description The newest first. Without a filter on `message_time`, those of the last 24 hours.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Send a message
         * @description Accepted means stored: whatever happens to the server afterwards, the message goes out or fails with a code. A powerpack chooses its sender now, and `Message/{message_uuid}/Explain/` tells why.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Message/{message_uuid}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve a message */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Message/{message_uuid}/Explain/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain a message's sender and history
         * @description Why this number sent it, what put the other members of the pool aside, when it went and what happened on the way.
         */
        get: operations["explainMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Conversation/{number}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages to and from a handset
         * @description Both directions, the newest first, among the newest 100,000 messages of the account. Texts are shown for as long as they are kept, and only where `log` keeps them; messages whose `log` masks the number are left out.
         */
        get: operations["listConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Traffic/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count messages over time
         * @description By minute, hour or day of UTC, at most 400 of them and 90 days: messages by when they were accepted or came in, and what has become of them by now; the numbers that sent, and the states and provinces that they sent to. At most the newest 100,000 messages of the account in that time are read: beyond them `complete` is false, and what is before `complete_from` counts too little or nothing.
         */
        get: operations["countTraffic"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Message/{message_uuid}/Media/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the media of a message */
        get: operations["listMessageMedia"];
        put?: never;
        post?: never;
        /**
         * Delete the media of a message
         * @description Files that no other message carries go with them, within the hour.
         */
        delete: operations["deleteMessageMedia"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Message/{message_uuid}/Media/{media_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve a medium of a message */
        get: operations["getMessageMedium"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Media/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List media
         * @description Uploaded files, the latest first.
         */
        get: operations["listMedia"];
        put?: never;
        /**
         * Upload media
         * @description Each file is taken or refused by itself, in its place in `objects`. Content types: image/jpeg, image/png, image/gif, image/xcf, audio/mp3, audio/mpeg, audio/wav, audio/ogg, video/mp4, video/mpeg, video/3gpp, video/3gpp2, text/vcard, text/csv, text/plain, application/pdf, application/vnd.ms-excel. A file that no message uses is deleted after 6 hours; one that was used, a year later.
         */
        post: operations["uploadMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Media/{media_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve media */
        get: operations["getMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Simulator/Rule/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve the simulator's rules
         * @description Rules are of the server: every account has the same.
         */
        get: operations["listSimulatorRules"];
        put?: never;
        /**
         * Replace the simulator's rules
         * @description The first rule that is about a message decides what becomes of it. A message that no rule is about is accepted at once and reported as delivered after 100 ms. Main accounts only.
         */
        post: operations["replaceSimulatorRules"];
        /**
         * Reset the simulator's rules
         * @description Goes back to the rules of the start, as if they had decided nothing yet. Main accounts only.
         */
        delete: operations["resetSimulatorRules"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Simulator/Submission/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the simulator was given
         * @description The last submissions of messages of the account, the newest first, with what was reported on them. Texts are shown as they went on the air, whatever a message may keep of its own.
         */
        get: operations["listSimulatorSubmissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Simulator/Handset/{number}/Message/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a handset send a message
         * @description The message comes in as if a carrier had brought it.
         */
        post: operations["sendFromHandset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Simulator/Clock/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve the server's time
         * @description And whether it is frozen. Only where `RUCKSACK_VIRTUAL_CLOCK` is on: it is off by default, and then this is answered 404.
         */
        get: operations["getClock"];
        put?: never;
        /**
         * Freeze or advance the server's time
         * @description Everything of the server goes by this time: queues, retries, expiries, reports of the simulator. It is the time of one process. Only where `RUCKSACK_VIRTUAL_CLOCK` is on: it is off by default, and then this is answered 404.
         */
        post: operations["turnClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Webhook/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List calls to your URLs
         * @description Status callbacks and inbound messages, the newest first. They are kept for seven days.
         */
        get: operations["listWebhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Webhook/{webhook_uuid}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a call to one of your URLs
         * @description With the parameters as they are sent, and the last ten attempts with their signatures and the beginning of each answer. `parameters` is null once they may be kept no longer.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/Webhook/{webhook_uuid}/Replay/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a call to one of your URLs again
         * @description A call that is done begins anew, with retries; one that waits to be tried again is made now. What an inbound call is answered counts unless its message was delivered before.
         */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            account_type: string;
            address: string;
            auth_id: string;
            auto_recharge: boolean;
            billing_mode: string;
            cash_credits: string;
            city: string;
            name: string;
            resource_uri: string;
            state: string;
            timezone: string;
        };
        AddNumberInput: {
            /**
             * @description Service that the member was added for, or is added for.
             * @enum {string}
             */
            service?: "sms" | "mms";
            /** @description Extension: SMS segments a second that this member may send; 0 is no limit, `default` the rate of its kind. Must be a number from 0.001 to 9999.999, 0, or default. */
            sms_per_second?: string;
            /** @description Extension: MMS segments a second that this member may send; 0 is no limit, `default` the rate of its kind. Must be a number from 0.001 to 9999.999, 0, or default. */
            mms_per_second?: string;
            /** @description Extension: segments a day (UTC) after which other members are preferred; 0 is no such number, `default` that of its kind. Must be a whole number from 0 to 1000000, or default. */
            daily_segments?: string;
            /** @description Rent the number first when the account does not have it. Default false. */
            rent?: boolean;
        };
        AddNumbersInput: {
            /** @description Numbers with country code: a comma-separated text or a list. Must be a comma-separated text or a list of numbers. */
            numbers: string | unknown[];
            /** @description Name of the carrier that brings the numbers. */
            carrier: string;
            /** @description Region, free text. */
            region: string;
            /** @description Informational; the kind of a number is read from the number itself. */
            number_type?: string;
            /** @description Application for replies; `null`, as JSON or as text, or `none` for none. */
            app_id?: string | null;
            /** @description Subaccount that the numbers are assigned to. */
            subaccount?: string;
            /** @description Alias for all of them. */
            alias?: string;
        };
        AddShortcodeInput: {
            /** @description Extension: SMS segments a second that this member may send; 0 is no limit, `default` the rate of its kind. Must be a number from 0.001 to 9999.999, 0, or default. */
            sms_per_second?: string;
            /** @description Extension: segments a day (UTC) after which other members are preferred; 0 is no such number, `default` that of its kind. Must be a whole number from 0 to 1000000, or default. */
            daily_segments?: string;
            /**
             * @description Country of the short code. Also read as `country_iso`.
             * @default US
             * @enum {string}
             */
            country_iso2: "US" | "CA";
        };
        /** @description What every answer with a body carries. */
        Answer: {
            /** @description Identifies this request, here and in the log of the server. */
            api_id: string;
        };
        Application: {
            answer_method: string;
            answer_url: string;
            app_id: string;
            app_name: string;
            /** @enum {string} */
            application_type: "XML" | "PHLO";
            default_app: boolean;
            default_endpoint_app: boolean;
            enabled: boolean;
            fallback_answer_url: string;
            fallback_method: string;
            hangup_method: string;
            hangup_url: string;
            log_incoming_message: boolean;
            log_incoming_messages: boolean;
            message_method: string;
            message_url: string;
            public_uri: boolean;
            resource_uri: string;
            sip_uri: string;
            sub_account: string | null;
        };
        ChangeEvent: {
            /** @description Kinds of things that have changed. */
            topics: ("account" | "subaccounts" | "applications" | "numbers" | "powerpacks" | "messages" | "media" | "webhooks" | "simulator")[];
            /** @description With `messages` or `webhooks`: the messages that it is about. Absent where there are more, or where they are not known: then any may have changed. */
            message_uuids?: string[];
        };
        Changed: {
            /** @constant */
            message: "changed";
        };
        Clock: {
            frozen: boolean;
            time: string;
        };
        Conversation: {
            meta: {
                limit: number;
                next: string | null;
                offset: number;
                previous: string | null;
            };
            objects: components["schemas"]["ConversationMessage"][];
        };
        ConversationMessage: {
            carrier_fees: string;
            carrier_fees_rate: string;
            conversation_expiration_timestamp: string;
            conversation_id: string;
            conversation_origin: string;
            destination_country_iso2: string;
            destination_network: string;
            dlt_entity_id: string;
            dlt_template_category: string;
            dlt_template_id: string;
            error_code: string | null;
            error_message: string;
            from_number: string;
            is_domestic: boolean | null;
            /** @enum {string} */
            log: "true" | "false" | "content_only" | "number_only";
            mcc: string;
            /** @enum {string} */
            message_direction: "outbound" | "inbound";
            message_expiry?: number;
            message_sent_time: string;
            /** @enum {string} */
            message_state: "queued" | "sent" | "delivered" | "undelivered" | "failed" | "received";
            message_time: string;
            /** @enum {string} */
            message_type: "sms" | "mms";
            message_updated_time: string;
            message_uuid: string;
            mnc: string;
            powerpack_id: string | null;
            replaced_sender: string;
            requester_ip: string;
            resource_uri: string;
            tendlc_campaign_id: string;
            tendlc_registration_status: string;
            to_number: string;
            total_amount: string;
            total_rate: string;
            units: number;
            text: components["schemas"]["keptText"];
        };
        CreateApplicationInput: {
            /** @description Name of the application. White space at both ends does not count. */
            app_name: string;
            /**
             * @description Extension: PHLO for an external flow at message_url. Default XML.
             * @enum {string}
             */
            application_type?: "XML" | "PHLO";
            /** @description Called when a call to a number of this application is answered. Must be an http or https URL of at most 2048 characters. White space at both ends does not count. */
            answer_url?: string;
            /**
             * @description GET or POST.
             * @enum {string}
             */
            answer_method?: "GET" | "POST";
            /** @description Called when the call ends. Must be an http or https URL of at most 2048 characters. White space at both ends does not count. */
            hangup_url?: string;
            /**
             * @description GET or POST.
             * @enum {string}
             */
            hangup_method?: "GET" | "POST";
            /** @description Called when answer_url fails. Must be an http or https URL of at most 2048 characters. White space at both ends does not count. */
            fallback_answer_url?: string;
            /**
             * @description GET or POST.
             * @enum {string}
             */
            fallback_method?: "GET" | "POST";
            /** @description Called when a message arrives. For a PHLO: where the flow listens. Must be an http or https URL of at most 2048 characters. White space at both ends does not count. */
            message_url?: string;
            /**
             * @description GET or POST.
             * @enum {string}
             */
            message_method?: "GET" | "POST";
            /** @description Attach this application to numbers that are rented without naming one. */
            default_number_app?: boolean;
            /** @description Kept for the SDKs; this server has no endpoints. */
            default_endpoint_app?: boolean;
            /** @description Keep number and text of inbound messages. Default true. */
            log_incoming_messages?: boolean;
            /** @description Kept for the SDKs. */
            public_uri?: boolean;
            /** @description Subaccount that the application belongs to. Must be the auth id of a subaccount. */
            subaccount?: string;
        };
        CreatePowerpackInput: {
            /** @description Unique across all powerpacks of the account. White space at both ends does not count. */
            name: string;
            /** @description Keep each recipient on one number. Enabled by default. */
            sticky_sender?: boolean;
            /** @description Prefer a number of the recipient's area. Enabled by default. */
            local_connect?: boolean;
            /**
             * @description Required when application_id is given and is not `none`.
             * @enum {string}
             */
            application_type?: "XML" | "PHLO";
            /** @description A valid PHLO or XML application id, or `none`. */
            application_id?: string;
            /** @description Entries replace those of the same service and country; the others stay. */
            number_priority?: {
                /** @enum {string} */
                service_type: "SMS" | "MMS";
                /**
                 * @description Also read as `country_iso2`.
                 * @enum {string}
                 */
                country_iso: "US" | "CA";
                priority: {
                    /**
                     * @description Also spelled `toll-free`, `toll_free`.
                     * @enum {string}
                     */
                    priority1?: "shortcode" | "tollfree" | "longcode";
                    /**
                     * @description Also spelled `toll-free`, `toll_free`.
                     * @enum {string}
                     */
                    priority2?: "shortcode" | "tollfree" | "longcode";
                    /**
                     * @description Also spelled `toll-free`, `toll_free`.
                     * @enum {string}
                     */
                    priority3?: "shortcode" | "tollfree" | "longcode";
                };
            }[];
            /** @description Extension: replace typographic quotes, dashes and spaces by plain ones where that makes a text GSM 7-bit. Default false. */
            smart_encoding?: boolean;
            /**
             * @description Extension: what STOP blocks, the number that it was written to (the default) or every member of the powerpack.
             * @enum {string}
             */
            opt_out_scope?: "number" | "powerpack";
            /** @description Extension: while true, the powerpack cannot be deleted. */
            deletion_protection?: boolean;
        };
        CreateSubaccountInput: {
            /** @description Name of the subaccount. White space at both ends does not count. */
            name: string;
            /** @description Whether the subaccount may use the API. Default false. */
            enabled?: boolean;
        };
        CreatedApplication: {
            app_id: string;
            /** @constant */
            message: "created";
        };
        CreatedSubaccount: {
            auth_id: string;
            auth_token: string;
            /** @constant */
            message: "created";
        };
        DeleteApplicationInput: {
            /** @description Accepted for the SDKs. What points at the application is detached from it in any case. */
            cascade?: boolean;
            /** @description Kept for the SDKs; this server has no endpoints. */
            new_endpoint_application?: string;
        };
        DeletePlan: {
            uuid: string;
            name: string;
            deletion_protection: boolean;
            unrent_numbers: boolean;
            members: {
                longcodes: number;
                tollfree: number;
                shortcodes: number;
            };
            numbers_unrented: number;
            queued_messages: number;
            queued_messages_failing: number;
            sticky_senders: number;
            application_id: string;
            restorable_days: number;
        };
        DeletePowerpackInput: {
            /** @description Also unrent the numbers in the powerpack's pool. Default false. */
            unrent_numbers?: boolean;
        };
        DeleteSubaccountInput: {
            /** @description Also delete its powerpacks. Default false. */
            cascade?: boolean;
        };
        DeletedPowerpack: {
            uuid: string;
            name: string;
            created_on: string;
            deleted_on: string;
            restorable_until: string;
            members: number;
        };
        /** @description What went wrong. */
        Error: {
            /** @description Identifies this request, here and in the log of the server. */
            api_id: string;
            /** @description One sentence for people. */
            error: string;
        };
        Explain: {
            dst: string;
            /** @enum {string} */
            type: "sms" | "mms";
            /** @enum {string} */
            encoding: "gsm7" | "ucs2";
            segments: number;
            sender: {
                country_iso2: string;
                number: string;
                /** @enum {string} */
                type: "shortcode" | "tollfree" | "longcode";
            } | null;
            rule: string | null;
            because: string;
            opted_out: boolean;
            wait_seconds: number;
            put_aside: {
                [key: string]: number;
            };
            others: {
                country_iso2: string;
                number: string;
                /** @enum {string} */
                type: "shortcode" | "tollfree" | "longcode";
                reason: string;
                because: string;
            }[];
        };
        ExplainInput: {
            /** @description Number of the recipient, with its country code. */
            dst: string;
            /**
             * @description sms or mms.
             * @default sms
             * @enum {string}
             */
            type: "sms" | "mms";
            /** @description The text, for its segments. */
            text?: string;
        };
        ExplainedMessage: {
            message_uuid: string;
            src: string;
            dst: string;
            text: components["schemas"]["keptText"];
            /** @description The rule by which the powerpack chose the sender; null when no powerpack chose it. */
            rule: string | null;
            /** @description Why this sender, in words, and whether the destination had opted out of it. */
            explanation: string;
            /** @description How many other members of the pool each reason put aside. */
            put_aside: {
                [key: string]: number;
            };
            /** @description How long after it was accepted its number was free for it. */
            wait_seconds: number | null;
            /** @description What happened to it, the first first. */
            history: {
                time: string;
                event: string;
                detail: string;
            }[];
        };
        Forgotten: {
            /** @constant */
            response: "success";
            removed: number;
        };
        HandsetMessage: {
            message: string;
            message_uuid: string[];
        };
        HandsetMessageInput: {
            /** @description The number or short code that it is sent to. */
            dst: string;
            /** @description The text; empty with media only. */
            text?: string;
            /**
             * @description Service of the message.
             * @enum {string}
             */
            type?: "sms" | "mms";
            /** @description Addresses of media; makes it an MMS. */
            media_urls?: string[];
        };
        HelloEvent: {
            /** @description Where the stream begins; what comes next is newer. */
            cursor: string;
        };
        Media: {
            content_type: string;
            file_name: string;
            media_id: string;
            /** @description Where anybody can fetch the file, without credentials. */
            media_url: string;
            /** @description In bytes; 0 when the file lies elsewhere. */
            size: number;
            upload_time: string;
            /** @description The same as `media_url`. */
            url: string;
        };
        Message: {
            carrier_fees: string;
            carrier_fees_rate: string;
            conversation_expiration_timestamp: string;
            conversation_id: string;
            conversation_origin: string;
            destination_country_iso2: string;
            destination_network: string;
            dlt_entity_id: string;
            dlt_template_category: string;
            dlt_template_id: string;
            error_code: string | null;
            error_message: string;
            from_number: string;
            is_domestic: boolean | null;
            /** @enum {string} */
            log: "true" | "false" | "content_only" | "number_only";
            mcc: string;
            /** @enum {string} */
            message_direction: "outbound" | "inbound";
            message_expiry?: number;
            message_sent_time: string;
            /** @enum {string} */
            message_state: "queued" | "sent" | "delivered" | "undelivered" | "failed" | "received";
            message_time: string;
            /** @enum {string} */
            message_type: "sms" | "mms";
            message_updated_time: string;
            message_uuid: string;
            mnc: string;
            powerpack_id: string | null;
            replaced_sender: string;
            requester_ip: string;
            resource_uri: string;
            tendlc_campaign_id: string;
            tendlc_registration_status: string;
            to_number: string;
            total_amount: string;
            total_rate: string;
            units: number;
        };
        MessageList: {
            meta: {
                limit: number;
                next: string | null;
                offset: number;
                previous: string | null;
            };
            objects: components["schemas"]["Message"][];
        };
        MessageMedia: {
            content_type: string;
            file_name: string;
            media_id: string;
            /** @description Where anybody can fetch the file, without credentials. */
            media_url: string;
            /** @description In bytes; 0 when the file lies elsewhere. */
            size: number;
            upload_time: string;
            /** @description The same as `media_url`. */
            url: string;
            message_uuid: string;
        };
        Number: {
            active: boolean;
            added_on: string;
            alias: string | null;
            application: string | null;
            carrier: string;
            city: string | null;
            cnam_lookup: string;
            compliance_application_id: null;
            compliance_status: null;
            country: string;
            mms_enabled: boolean;
            mms_rate: string;
            monthly_rental_rate: string;
            number: string;
            /** @enum {string} */
            number_type: "local" | "tollfree" | "mobile" | "fixed" | "national";
            /** @description Extension: the powerpack that it is a member of. */
            powerpack_uuid: string | null;
            region: string;
            renewal_date: null;
            resource_uri: string;
            sms_enabled: boolean;
            sms_rate: string;
            sub_account: string | null;
            sub_account_name: string | null;
            tendlc_campaign_id: null;
            tendlc_registration_status: string;
            toll_free_sms_verification: null;
            toll_free_sms_verification_id: null;
            toll_free_sms_verification_order_status: null;
            verification_info: unknown[];
            voice_enabled: boolean;
            voice_rate: string;
        };
        PageMeta: {
            limit: number;
            next: string | null;
            offset: number;
            previous: string | null;
            total_count: number;
        };
        PhoneNumber: {
            city: string | null;
            compliance_requirement: null;
            country: string;
            lata: number | null;
            mms_enabled: boolean;
            mms_rate: string;
            monthly_rental_rate: string;
            number: string;
            prefix: string;
            prerequisites: unknown[];
            rate_center: string | null;
            region: string;
            resource_uri: string;
            restriction: null;
            restriction_text: null;
            setup_rate: string;
            sms_enabled: boolean;
            sms_rate: string;
            sub_type: string;
            /** @enum {string} */
            type: "fixed" | "tollfree";
            voice_enabled: boolean;
            voice_rate: string;
        };
        PinInput: {
            /** @description The member that is to send: a number or a short code. */
            number: string;
            /**
             * @description Which short code is meant when the pool has the same one for two countries. Also read as `country_iso`.
             * @enum {string}
             */
            country_iso2?: "US" | "CA";
        };
        Pool: {
            numbers: string;
            shortcodes: string;
            tollfree: string;
            uuid: string;
        };
        PoolNumber: {
            account_phone_number_resource: string;
            added_on: string;
            country_iso2: string;
            number: string;
            number_pool_uuid: string;
            /** @enum {string} */
            service: "sms" | "mms";
            /** @enum {string} */
            type: "fixed" | "tollfree" | "mobile";
        };
        PoolRegion: {
            country_iso2: string;
            /** @description ISO 3166-2 code of the state or province, without the country. */
            region_code: string;
            region: string;
            area_codes: string[];
            members: number;
            queued: number;
            segments_today: number;
        };
        PoolRegions: {
            /** @description Every one, those without members too. */
            regions: components["schemas"]["PoolRegion"][];
            /** @description Members of no region: toll-free numbers, short codes, other countries. */
            elsewhere: {
                members: number;
                queued: number;
                segments_today: number;
            };
        };
        PoolShortcode: {
            added_on: string;
            country_iso2: string;
            number: string;
            number_pool_uuid: string;
            /** @enum {string} */
            service: "sms" | "mms";
            short_code: string;
            shortcode: string;
        };
        PoolTollfree: {
            account_phone_number_resource: string;
            added_on: string;
            country_iso2: string;
            number: string;
            number_pool_uuid: string;
            /** @enum {string} */
            service: "sms" | "mms";
            /** @enum {string} */
            type: "fixed" | "tollfree" | "mobile";
            tollfree: string;
        };
        Powerpack: {
            application_id: string;
            /** @enum {string} */
            application_type: "XML" | "PHLO" | "";
            created_on: string;
            deletion_protection: boolean;
            local_connect: boolean;
            name: string;
            number_pool: string;
            number_priority: {
                /** @enum {string} */
                service_type: "SMS" | "MMS";
                /** @enum {string} */
                country_iso: "US" | "CA";
                priority: {
                    /** @enum {string|null} */
                    priority1: "shortcode" | "tollfree" | "longcode" | null;
                    /** @enum {string|null} */
                    priority2: "shortcode" | "tollfree" | "longcode" | null;
                    /** @enum {string|null} */
                    priority3: "shortcode" | "tollfree" | "longcode" | null;
                };
            }[];
            /** @enum {string} */
            opt_out_scope: "number" | "powerpack";
            smart_encoding: boolean;
            sticky_sender: boolean;
            uuid: string;
        };
        PowerpackQueue: {
            powerpack_uuid: string;
            name: string;
            members: number;
            waiting_members: number;
            queued: number;
            oldest_age_seconds: number | null;
            all_free_at: string;
            segments_today: number;
            healthy_members: number;
        };
        Pricing: {
            country: string;
            country_code: number;
            country_iso: string;
            message: {
                inbound: {
                    rate: string;
                };
                outbound: {
                    rate: string;
                };
                outbound_networks_list: {
                    group_name: string;
                    rate: string;
                }[];
            };
            mms: {
                inbound: {
                    rate: string;
                };
                outbound: {
                    rate: string;
                };
            };
            phone_numbers: {
                local: {
                    rate: string;
                };
                tollfree: {
                    rate: string;
                };
            };
            voice: {
                inbound: {
                    ip: {
                        rate: string;
                    };
                    local: {
                        rate: string;
                    };
                    tollfree: {
                        rate: string;
                    };
                };
                outbound: {
                    ip: {
                        rate: string;
                    };
                    local: {
                        rate: string;
                    };
                    tollfree: {
                        rate: string;
                    };
                    rates: {
                        prefix: string[];
                        rate: string;
                    }[];
                };
            };
        };
        Queue: {
            country_iso2: string;
            number: string;
            /** @enum {string} */
            type: "shortcode" | "tollfree" | "longcode";
            /** @description State or province that its area code belongs to; empty elsewhere. */
            region: string;
            added_on: string;
            /** @enum {string} */
            service: "sms" | "mms";
            queued: number;
            oldest_age_seconds: number | null;
            next_free_at: string;
            segments_today: number;
            daily_segments: number | null;
            sms_per_second: number | null;
            mms_per_second: number | null;
            own_limits: {
                sms_per_second: number | null;
                mms_per_second: number | null;
                daily_segments: number | null;
            };
            health: {
                finished: number;
                delivered: number;
                healthy: boolean;
            };
        };
        QueueSummary: {
            members: number;
            waiting_members: number;
            queued: number;
            oldest_age_seconds: number | null;
            all_free_at: string;
            segments_today: number;
        };
        RemoveNumberInput: {
            /** @description Also unrent the number from the account. Default false. */
            unrent?: boolean;
        };
        RemoveShortcodeInput: {
            /** @description ISO 3166-1 code of the country. Must be a country code of two letters. Also read as `country_iso`. */
            country_iso2?: string;
        };
        RentInput: {
            /** @description Application for replies; `null`, as JSON or as text, or `none` for none. */
            app_id?: string | null;
        };
        Rented: {
            /** @constant */
            message: "created";
            numbers: {
                number: string;
                /** @constant */
                status: "Success";
            }[];
            /** @constant */
            status: "fulfilled";
        };
        ReplaceRulesInput: {
            /** @description Rules as they are shown, in the order in which they are tried. Any name may be left out. */
            rules: components["schemas"]["SimulatorRuleInput"][];
        };
        Replayed: {
            /** @constant */
            message: "queued";
        };
        ResetEvent: {
            /** @description What came before is not known: anything may have changed. */
            cursor: string;
        };
        Restoration: {
            application_id: string;
            /** @enum {string} */
            application_type: "XML" | "PHLO" | "";
            created_on: string;
            deletion_protection: boolean;
            local_connect: boolean;
            name: string;
            number_pool: string;
            number_priority: {
                /** @enum {string} */
                service_type: "SMS" | "MMS";
                /** @enum {string} */
                country_iso: "US" | "CA";
                priority: {
                    /** @enum {string|null} */
                    priority1: "shortcode" | "tollfree" | "longcode" | null;
                    /** @enum {string|null} */
                    priority2: "shortcode" | "tollfree" | "longcode" | null;
                    /** @enum {string|null} */
                    priority3: "shortcode" | "tollfree" | "longcode" | null;
                };
            }[];
            /** @enum {string} */
            opt_out_scope: "number" | "powerpack";
            smart_encoding: boolean;
            sticky_sender: boolean;
            uuid: string;
            members_restored: string[];
            members_lost: string[];
            numbers_rented_again: string[];
        };
        RestorePowerpackInput: {
            /** @description Another name, when the old one was taken meanwhile. White space at both ends does not count. */
            name?: string;
        };
        RotateTokenInput: {
            /**
             * @description How long the old token stays valid. Default one day.
             * @default 86400
             */
            grace_seconds: number;
        };
        RotatedToken: {
            auth_id: string;
            auth_token: string;
        };
        SendMessageInput: {
            /** @description The number or short code that sends. Either this or `powerpack_uuid`. White space at both ends does not count. */
            src?: string;
            /** @description The powerpack that sends. Either this or `src`. White space at both ends does not count. */
            powerpack_uuid?: string;
            /** @description One or more destinations with country code, with `<` between them. White space at both ends does not count. */
            dst?: string;
            /** @description The text: up to 1,600 septets of GSM-7 or 737 units of UCS-2. */
            text?: string;
            /**
             * @description sms or mms.
             * @default sms
             * @enum {string}
             */
            type: "sms" | "mms" | "whatsapp";
            /** @description Called at each change of status. Must be an http or https URL of at most 2048 characters. White space at both ends does not count. */
            url?: string;
            /**
             * @description GET or POST.
             * @enum {string}
             */
            method?: "GET" | "POST";
            /**
             * @description What is kept of it: number and text, neither, or one of them.
             * @default true
             * @enum {string}
             */
            log: "true" | "false" | "content_only" | "number_only";
            /** @description Kept for the SDKs. */
            trackable?: boolean;
            /** @description Files, by their URLs. Only with `type` mms. Also read from a text with `,` between the entries. */
            media_urls?: string[];
            /** @description Files that were uploaded. Only with `type` mms. Also read from a text with `,` between the entries. */
            media_ids?: string[];
            /** @description Seconds after which it is no longer sent. Default 10800. */
            message_expiry?: number;
            /** @description India only: kept and shown. White space at both ends does not count. */
            dlt_entity_id?: string;
            /** @description India only: kept and shown. White space at both ends does not count. */
            dlt_template_id?: string;
            /** @description India only: kept and shown. White space at both ends does not count. */
            dlt_template_category?: string;
        };
        SentMessage: {
            /** @constant */
            message: "message(s) queued";
            /** @description One for each destination that was accepted, in order. */
            message_uuid: string[];
            /** @description Destinations that were not accepted, as they were given. */
            invalid_number?: string[];
        };
        SimulatorRule: {
            /** @description What a message must be; what is left out does not matter. */
            match: {
                /** @description `*` stands for anything, `?` for one character. */
                destination?: string;
                /** @description `*` stands for anything, `?` for one character. */
                sender?: string;
                /**
                 * @description Service of the message.
                 * @enum {string}
                 */
                service?: "sms" | "mms";
                /** @description Somewhere in the text, capitals or not. */
                text?: string;
            };
            /** @description Part of the matching messages that the rule is about, 0 to 1. */
            share: number;
            /** @description Messages that it decides before it is spent. */
            times: number | null;
            /** @description Messages a second; the rest is refused as throttled. */
            throttle: number | null;
            /**
             * @description Whether the carrier takes it, or how it fails.
             * @enum {string}
             */
            submit: "accept" | "throttled" | "disconnected" | "unanswered" | "carrier_fault" | "invalid_message" | "spam" | "invalid_sender" | "invalid_destination" | "no_route" | "prohibited" | "too_long" | "unknown";
            /** @description With `disconnected`: how long there is no connection. */
            outage_ms: number;
            /**
             * @description What is reported; `lost` is never.
             * @enum {string}
             */
            report: "delivered" | "undelivered" | "lost";
            /** @description Error code of an undelivered message. */
            error_code: number;
            /** @description Least and most time from acceptance to report. */
            delay_ms: number[];
            /** @description How often the report is repeated. */
            duplicates: number;
            /** @description Whether the report comes before the submission is answered. */
            overtake: boolean;
        };
        SimulatorRuleInput: {
            /** @description What a message must be; what is left out does not matter. */
            match?: {
                /** @description `*` stands for anything, `?` for one character. */
                destination?: string;
                /** @description `*` stands for anything, `?` for one character. */
                sender?: string;
                /**
                 * @description Service of the message.
                 * @enum {string}
                 */
                service?: "sms" | "mms";
                /** @description Somewhere in the text, capitals or not. */
                text?: string;
            };
            /** @description Part of the matching messages that the rule is about, 0 to 1. */
            share?: number;
            /** @description Messages that it decides before it is spent. */
            times?: number | null;
            /** @description Messages a second; the rest is refused as throttled. */
            throttle?: number | null;
            /**
             * @description Whether the carrier takes it, or how it fails.
             * @enum {string}
             */
            submit?: "accept" | "throttled" | "disconnected" | "unanswered" | "carrier_fault" | "invalid_message" | "spam" | "invalid_sender" | "invalid_destination" | "no_route" | "prohibited" | "too_long" | "unknown";
            /** @description With `disconnected`: how long there is no connection. */
            outage_ms?: number;
            /**
             * @description What is reported; `lost` is never.
             * @enum {string}
             */
            report?: "delivered" | "undelivered" | "lost";
            /** @description Error code of an undelivered message. */
            error_code?: number;
            /** @description Least and most time from acceptance to report. */
            delay_ms?: number[];
            /** @description How often the report is repeated. */
            duplicates?: number;
            /** @description Whether the report comes before the submission is answered. */
            overtake?: boolean;
        };
        SimulatorRules: {
            rules: components["schemas"]["SimulatorRule"][];
            /** @description Messages that each rule has decided. */
            decided: number[];
        };
        SimulatorSubmission: {
            attempt: number;
            carrier_message_id: string | null;
            dst: string;
            failure: string | null;
            media_urls: string[];
            message_uuid: string;
            reports: {
                error_code: number | null;
                /** @enum {string} */
                outcome: "delivered" | "undelivered";
                reported_at: string;
            }[];
            src: string;
            submitted_at: string;
            text: string;
            /**
             * @description Service of the message.
             * @enum {string}
             */
            type: "sms" | "mms";
            units: number;
        };
        Sticky: {
            country_iso2: string;
            destination: string;
            expires_on: string;
            last_message_on: string;
            number: string;
            /** @enum {string} */
            type: "longcode" | "tollfree" | "shortcode";
        };
        Subaccount: {
            account: string;
            auth_id: string;
            auth_token: string;
            created: string;
            enabled: boolean;
            modified: string | null;
            name: string;
            new_auth_token: string;
            resource_uri: string;
        };
        Success: {
            /** @constant */
            response: "success";
        };
        Traffic: {
            /** @enum {string} */
            by: "minute" | "hour" | "day";
            from: string;
            to: string;
            complete: boolean;
            /** @description From when on every message is counted: `from`, or later where there are too many. */
            complete_from: string;
            /** @description One after the other, without gaps. */
            buckets: components["schemas"]["TrafficBucket"][];
            /** @description Numbers that messages were sent from, the busiest first, at most 1,000. With `powerpack_uuid` its idle members too. */
            senders: components["schemas"]["TrafficSender"][];
            /** @description Where they were sent to, the most first. */
            regions: components["schemas"]["TrafficRegion"][];
        };
        TrafficBucket: {
            start: string;
            /** @description Messages to be sent that were accepted in this time. */
            accepted: number;
            /** @description Messages that came in in this time. */
            received: number;
            /** @description Of the accepted ones those that a carrier has taken by now. */
            sent: number;
            /** @description Of the accepted ones those that are delivered by now. */
            delivered: number;
            /** @description Of the accepted ones those that are undelivered by now. */
            undelivered: number;
            /** @description Of the accepted ones those that have failed by now. */
            failed: number;
            /** @description Segments of the accepted ones. */
            segments: number;
            /** @description Milliseconds: median time from accepted to sent. Null without any. */
            wait_ms_p50: number | null;
            /** @description Milliseconds: time from accepted to sent that 95 % did not exceed. Null without any. */
            wait_ms_p95: number | null;
            /** @description Milliseconds: median time from sent to the report that it is delivered or undelivered. Null without any. */
            delivery_ms_p50: number | null;
            /** @description Milliseconds: time from sent to that report that 95 % did not exceed. Null without any. */
            delivery_ms_p95: number | null;
        };
        TrafficRegion: {
            country_iso2: string;
            /** @description State or province by the destination's area code; empty elsewhere. */
            region: string;
            messages: number;
        };
        TrafficSender: {
            number: string;
            messages: number;
            segments: number;
            delivered: number;
            undelivered: number;
            failed: number;
            /** @description Whether it is in the powerpack's pool now. Null without `powerpack_uuid`. */
            member: boolean | null;
        };
        TurnClockInput: {
            /**
             * @description `advance` turns the time by `seconds`, doing all that falls due on the way before it answers.
             * @enum {string}
             */
            action: "freeze" | "resume" | "advance";
            /** @description How far to advance. */
            seconds?: number;
        };
        UpdateAccountInput: {
            /** @description Name of the account holder. White space at both ends does not count. */
            name?: string;
            /** @description City. White space at both ends does not count. */
            city?: string;
            /** @description Postal address. White space at both ends does not count. */
            address?: string;
            /** @description State or province. White space at both ends does not count. */
            state?: string;
        };
        UpdateApplicationInput: {
            /** @description Called when a call to a number of this application is answered. Must be an http or https URL of at most 2048 characters. White space at both ends does not count. */
            answer_url?: string;
            /**
             * @description GET or POST.
             * @enum {string}
             */
            answer_method?: "GET" | "POST";
            /** @description Called when the call ends. Must be an http or https URL of at most 2048 characters. White space at both ends does not count. */
            hangup_url?: string;
            /**
             * @description GET or POST.
             * @enum {string}
             */
            hangup_method?: "GET" | "POST";
            /** @description Called when answer_url fails. Must be an http or https URL of at most 2048 characters. White space at both ends does not count. */
            fallback_answer_url?: string;
            /**
             * @description GET or POST.
             * @enum {string}
             */
            fallback_method?: "GET" | "POST";
            /** @description Called when a message arrives. For a PHLO: where the flow listens. Must be an http or https URL of at most 2048 characters. White space at both ends does not count. */
            message_url?: string;
            /**
             * @description GET or POST.
             * @enum {string}
             */
            message_method?: "GET" | "POST";
            /** @description Attach this application to numbers that are rented without naming one. */
            default_number_app?: boolean;
            /** @description Kept for the SDKs; this server has no endpoints. */
            default_endpoint_app?: boolean;
            /** @description Keep number and text of inbound messages. Default true. */
            log_incoming_messages?: boolean;
            /** @description Kept for the SDKs. */
            public_uri?: boolean;
            /** @description Subaccount that the application belongs to. Must be the auth id of a subaccount. */
            subaccount?: string;
        };
        UpdateNumberInput: {
            /** @description Application for replies; `null`, as JSON or as text, or `none` for none. */
            app_id?: string | null;
            /** @description Subaccount to assign the number to; `null` for none. */
            subaccount?: string | null;
            /** @description Name for people. */
            alias?: string | null;
            /**
             * @description Caller names are a matter of calls: only `disabled`.
             * @enum {string}
             */
            cnam_lookup?: "disabled";
        };
        UpdatePowerpackInput: {
            /** @description Unique across all powerpacks of the account. White space at both ends does not count. */
            name?: string;
            /** @description Keep each recipient on one number. Enabled by default. */
            sticky_sender?: boolean;
            /** @description Prefer a number of the recipient's area. Enabled by default. */
            local_connect?: boolean;
            /**
             * @description Required when application_id is given and is not `none`.
             * @enum {string}
             */
            application_type?: "XML" | "PHLO";
            /** @description A valid PHLO or XML application id, or `none`. */
            application_id?: string;
            /** @description Entries replace those of the same service and country; the others stay. */
            number_priority?: {
                /** @enum {string} */
                service_type: "SMS" | "MMS";
                /**
                 * @description Also read as `country_iso2`.
                 * @enum {string}
                 */
                country_iso: "US" | "CA";
                priority: {
                    /**
                     * @description Also spelled `toll-free`, `toll_free`.
                     * @enum {string}
                     */
                    priority1?: "shortcode" | "tollfree" | "longcode";
                    /**
                     * @description Also spelled `toll-free`, `toll_free`.
                     * @enum {string}
                     */
                    priority2?: "shortcode" | "tollfree" | "longcode";
                    /**
                     * @description Also spelled `toll-free`, `toll_free`.
                     * @enum {string}
                     */
                    priority3?: "shortcode" | "tollfree" | "longcode";
                };
            }[];
            /** @description Extension: replace typographic quotes, dashes and spaces by plain ones where that makes a text GSM 7-bit. Default false. */
            smart_encoding?: boolean;
            /**
             * @description Extension: what STOP blocks, the number that it was written to (the default) or every member of the powerpack.
             * @enum {string}
             */
            opt_out_scope?: "number" | "powerpack";
            /** @description Extension: while true, the powerpack cannot be deleted. */
            deletion_protection?: boolean;
        };
        UpdateSubaccountInput: {
            /** @description Name of the subaccount. White space at both ends does not count. */
            name?: string;
            /** @description Whether the subaccount may use the API. Default false. */
            enabled?: boolean;
        };
        UploadedMedia: {
            objects: {
                content_type: string;
                /** @description For a refused file: its `status_code`. */
                error_code?: number;
                /** @description Why the file was refused. */
                error_message?: string;
                file_name: string;
                media_id?: string;
                /** @description Where anybody can fetch the file, without credentials. */
                media_url?: string;
                /** @description In bytes. */
                size?: number;
                /** @enum {string} */
                status: "success" | "failed";
                /** @description As of HTTP, for this file alone. */
                status_code: number;
                upload_time?: string;
                /** @description The same as `media_url`. */
                url?: string;
            }[];
        };
        Webhook: {
            attempts: number;
            created_on: string;
            /** @enum {string} */
            kind: "status" | "inbound";
            message_uuid: string;
            /** @enum {string} */
            method: "GET" | "POST";
            next_attempt_on: string | null;
            /** @enum {string} */
            outcome: "pending" | "delivered" | "failed";
            url: string;
            webhook_uuid: string;
            log: {
                answer: string | null;
                attempted_on: string;
                /** @description Of the answer: only text/xml and application/xml are read as Message XML. */
                content_type: string | null;
                duration_ms: number;
                error: string | null;
                nonce: string | null;
                /** @description The headers that signed it; null where nothing was sent, or a token was rotated since, or `parameters` is null. */
                signatures: {
                    [key: string]: string;
                } | null;
                status: number | null;
            }[];
            parameters: {
                name: string;
                value: string;
            }[] | null;
        };
        WebhookList: {
            meta: {
                limit: number;
                next: string | null;
                offset: number;
                previous: string | null;
            };
            objects: components["schemas"]["WebhookSummary"][];
        };
        WebhookSummary: {
            attempts: number;
            created_on: string;
            /** @enum {string} */
            kind: "status" | "inbound";
            message_uuid: string;
            /** @enum {string} */
            method: "GET" | "POST";
            next_attempt_on: string | null;
            /** @enum {string} */
            outcome: "pending" | "delivered" | "failed";
            url: string;
            webhook_uuid: string;
        };
        /** @description The text; null where `log` does not keep it, and after seven days. */
        keptText: string | null;
    };
    responses: {
        /** @description Invalid request. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Invalid auth_id or auth_token. */
        Unauthorised: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Resource not found. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request conflicts with the present state. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request body is larger than 1 MiB. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Too many requests. */
        TooMany: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request body is larger than its files may be. */
        FilesTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request could not be served. */
        Failed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Account"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateAccountInput"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Changed"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    rotateToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateTokenInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["RotatedToken"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    getPricing: {
        parameters: {
            query?: {
                /** @description ISO 3166-1 code of the country. Must be a country code of two letters. Also read as `country_iso2`. */
                country_iso?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Pricing"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    streamEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `id` of the last event that was read: what came after it comes first. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listSubaccounts: {
        parameters: {
            query?: {
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["Subaccount"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    createSubaccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSubaccountInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["CreatedSubaccount"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    getSubaccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subaccount_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Subaccount"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    updateSubaccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                subaccount_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateSubaccountInput"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Changed"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    deleteSubaccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                subaccount_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DeleteSubaccountInput"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listApplications: {
        parameters: {
            query?: {
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
                /** @description Only applications of this subaccount. Must be the auth id of a subaccount. */
                subaccount?: string;
                /** @description Only applications of exactly this name. */
                app_name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["Application"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    createApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApplicationInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["CreatedApplication"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    getApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Application"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    updateApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateApplicationInput"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Changed"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    deleteApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DeleteApplicationInput"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    searchPhoneNumbers: {
        parameters: {
            query: {
                /** @description ISO 3166-1 code of the country. Must be a country code of two letters. Also read as `country_iso2`. */
                country_iso: string;
                /** @description Kind of number. Also spelled `toll-free`, `toll_free`. */
                type?: "any" | "fixed" | "local" | "mobile" | "national" | "tollfree";
                /** @description Digits that the number begins with, with or without the country code. Must be at most 15 digits. White space at both ends does not count. Also read as `starts_with`. */
                pattern?: string;
                /** @description State or province, by code or by name. */
                region?: string;
                /** @description City. */
                city?: string;
                /** @description LATA. */
                lata?: string;
                /** @description Rate centre. */
                rate_center?: string;
                /** @description Area code and exchange, six digits. */
                npanxx?: string;
                /** @description Local calling area. */
                local_calling_area?: string;
                /** @description Services that the number must offer. Must be a comma-separated list of voice, sms, mms. Also read as `service`. */
                services?: string;
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["PhoneNumber"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    rentPhoneNumber: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RentInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Rented"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listNumbers: {
        parameters: {
            query?: {
                /** @description Kind of number. Short codes are no numbers: there are none of them here. Also read as `number_type`. Also spelled `toll-free`, `toll_free`. */
                type?: "any" | "fixed" | "local" | "mobile" | "national" | "tollfree" | "shortcode";
                /** @description Digits that the number begins with, country code included. Must be at most 15 digits. White space at both ends does not count. */
                number_startswith?: string;
                /** @description Only numbers of this subaccount. */
                subaccount?: string;
                /** @description Only numbers with exactly this alias. */
                alias?: string;
                /** @description Extension: only numbers that are in the pool of a powerpack, or that are in none. */
                pooled?: boolean;
                /** @description Extension: only numbers whose replies go to this application, by themselves or by their powerpack. */
                application_id?: string;
                /** @description Services that the number must offer. Must be a comma-separated list of voice, sms, mms. Also read as `service`. */
                services?: string;
                /** @description Numbers are not renewed on this server: any value finds none. */
                renewal_date?: string;
                /** @description As renewal_date. */
                renewal_date__lt?: string;
                /** @description As renewal_date. */
                renewal_date__lte?: string;
                /** @description As renewal_date. */
                renewal_date__gt?: string;
                /** @description As renewal_date. */
                renewal_date__gte?: string;
                /** @description This server registers no campaigns: any value finds none. */
                tendlc_campaign_id?: string;
                /** @description UNREGISTERED is the status of every number. */
                tendlc_registration_status?: string;
                /** @description Toll-free numbers are not verified here: any value finds none. */
                toll_free_sms_verification?: string;
                /** @description As toll_free_sms_verification. */
                toll_free_sms_verification_order_status?: string;
                /** @description `disabled` is the state of every number. */
                cnam_lookup?: string;
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["Number"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    addNumbers: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddNumbersInput"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Changed"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    getNumber: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Number"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    updateNumber: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateNumberInput"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Changed"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    unrentNumber: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listPowerpacks: {
        parameters: {
            query?: {
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
                /** @description Extension: only powerpacks whose name contains this, whatever the case. */
                name__contains?: string;
                /** @description Extension: only powerpacks whose replies go to this application. */
                application_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["Powerpack"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    createPowerpack: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePowerpackInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Powerpack"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listDeletedPowerpacks: {
        parameters: {
            query?: {
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["DeletedPowerpack"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    getPowerpack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                powerpack_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Powerpack"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    updatePowerpack: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                powerpack_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdatePowerpackInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Powerpack"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    deletePowerpack: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                powerpack_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DeletePowerpackInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Success"];
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    planDeletion: {
        parameters: {
            query?: {
                /** @description Also unrent the numbers in the powerpack's pool. Default false. */
                unrent_numbers?: boolean;
            };
            header?: never;
            path: {
                powerpack_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["DeletePlan"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    restorePowerpack: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                powerpack_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RestorePowerpackInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Restoration"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    explainSender: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                powerpack_uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExplainInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Explain"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listQueues: {
        parameters: {
            query?: {
                /** @description Up to 10 comma-separated prefixes, with or without the country code of country_iso2. Also read as `pattern`. */
                starts_with?: string;
                /** @description ISO 3166-1 code of the country. Must be a country code of two letters. Also read as `country_iso`. */
                country_iso2?: string;
                /** @description Service that the member was added for, or is added for. */
                service?: "sms" | "mms";
                /** @description Kind of sender. Also spelled `toll-free`, `toll_free`. */
                type?: "shortcode" | "tollfree" | "longcode";
                /** @description State or province that its area code belongs to, by code or by name. */
                region?: string;
                /** @description Only members that are healthy, or that are not. */
                healthy?: boolean;
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path: {
                powerpack_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["Queue"][];
                        summary: components["schemas"]["QueueSummary"];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listPoolRegions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                powerpack_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["PoolRegions"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listStickySenders: {
        parameters: {
            query?: {
                /** @description Only recipients of this member: a number or a short code. */
                number?: string;
                /** @description By recipient, or those with the newest message first. */
                order?: "destination" | "newest";
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path: {
                powerpack_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["Sticky"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    resetStickySenders: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                powerpack_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Forgotten"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    findStickySender: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                powerpack_uuid: string;
                /** @description E.164 digits, with or without +. */
                destination: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Sticky"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    pinStickySender: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                powerpack_uuid: string;
                /** @description E.164 digits, with or without +. */
                destination: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Sticky"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    resetStickySender: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                powerpack_uuid: string;
                /** @description E.164 digits, with or without +. */
                destination: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Success"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listPowerpackQueues: {
        parameters: {
            query?: {
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
                /** @description Extension: only powerpacks whose name contains this, whatever the case. */
                name__contains?: string;
                /** @description Extension: only powerpacks whose replies go to this application. */
                application_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["PowerpackQueue"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    getPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number_pool_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Pool"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listPoolNumbers: {
        parameters: {
            query?: {
                /** @description Up to 10 comma-separated prefixes, with or without the country code of country_iso2. Also read as `pattern`. */
                starts_with?: string;
                /** @description ISO 3166-1 code of the country. Must be a country code of two letters. Also read as `country_iso`. */
                country_iso2?: string;
                /** @description Type of number; local and national count as fixed. Also read as `number_type`. Also spelled `toll-free`, `toll_free`. */
                type?: "fixed" | "local" | "national" | "mobile" | "tollfree" | "any";
                /** @description Service that the member was added for, or is added for. */
                service?: "sms" | "mms";
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path: {
                number_pool_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["PoolNumber"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    findPoolNumber: {
        parameters: {
            query?: {
                /** @description Service that the member was added for, or is added for. */
                service?: "sms" | "mms";
            };
            header?: never;
            path: {
                number_pool_uuid: string;
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["PoolNumber"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    addPoolNumber: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                number_pool_uuid: string;
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AddNumberInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["PoolNumber"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    removePoolNumber: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                number_pool_uuid: string;
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RemoveNumberInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Success"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listPoolTollfree: {
        parameters: {
            query?: {
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path: {
                number_pool_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["PoolTollfree"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    findPoolTollfree: {
        parameters: {
            query?: {
                /** @description Service that the member was added for, or is added for. */
                service?: "sms" | "mms";
            };
            header?: never;
            path: {
                number_pool_uuid: string;
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["PoolTollfree"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    addPoolTollfree: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                number_pool_uuid: string;
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AddNumberInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["PoolTollfree"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    removePoolTollfree: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                number_pool_uuid: string;
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RemoveNumberInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Success"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listPoolShortcodes: {
        parameters: {
            query?: {
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path: {
                number_pool_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["PoolShortcode"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    findPoolShortcode: {
        parameters: {
            query?: {
                /** @description Service that the member was added for, or is added for. */
                service?: "sms" | "mms";
                /** @description ISO 3166-1 code of the country. Must be a country code of two letters. Also read as `country_iso`. */
                country_iso2?: string;
            };
            header?: never;
            path: {
                number_pool_uuid: string;
                /** @description E.164 digits, with or without +. */
                shortcode: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["PoolShortcode"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    addPoolShortcode: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                number_pool_uuid: string;
                /** @description E.164 digits, with or without +. */
                shortcode: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AddShortcodeInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["PoolShortcode"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    removePoolShortcode: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                number_pool_uuid: string;
                /** @description E.164 digits, with or without +. */
                shortcode: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RemoveShortcodeInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Success"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
                /** @description Only messages of this subaccount. Must be the auth id of a subaccount. */
                subaccount?: string;
                message_direction?: "inbound" | "outbound";
                message_state?: "queued" | "sent" | "failed" | "delivered" | "undelivered" | "rejected" | "read" | "received";
                message_type?: "sms" | "mms" | "whatsapp";
                /** @description Only messages of this moment; a moment without seconds is the whole minute, a date the whole day. Must be a time in UTC as YYYY-MM-DD HH:MM[:SS[.uuuuuu]]. White space at both ends does not count. */
                message_time?: string;
                /** @description Only messages later than this. Must be a time in UTC as YYYY-MM-DD HH:MM[:SS[.uuuuuu]]. White space at both ends does not count. */
                message_time__gt?: string;
                /** @description Only messages at or later than this. Must be a time in UTC as YYYY-MM-DD HH:MM[:SS[.uuuuuu]]. White space at both ends does not count. */
                message_time__gte?: string;
                /** @description Only messages earlier than this. Must be a time in UTC as YYYY-MM-DD HH:MM[:SS[.uuuuuu]]. White space at both ends does not count. */
                message_time__lt?: string;
                /** @description Only messages at or earlier than this. Must be a time in UTC as YYYY-MM-DD HH:MM[:SS[.uuuuuu]]. White space at both ends does not count. */
                message_time__lte?: string;
                /** @description Only messages with this error. */
                error_code?: number;
                /** @description Only messages of this powerpack. White space at both ends does not count. */
                powerpack_id?: string;
                /** @description Only messages of this campaign: none, for there are no campaigns here. White space at both ends does not count. */
                tendlc_campaign_id?: string;
                /** @description Only messages of numbers with this status; all are `unregistered`. White space at both ends does not count. */
                tendlc_registration_status?: string;
                /** @description Only messages to this country. White space at both ends does not count. */
                destination_country_iso2?: string;
                /** @description Only messages from this number. White space at both ends does not count. */
                from_number?: string;
                /** @description Only messages to this number. White space at both ends does not count. */
                to_number?: string;
                /** @description WhatsApp only: there are none. White space at both ends does not count. */
                conversation_id?: string;
                /** @description WhatsApp only: there are none. White space at both ends does not count. */
                conversation_origin?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["MessageList"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SendMessageInput"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["SentMessage"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Message"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    explainMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["ExplainedMessage"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listConversation: {
        parameters: {
            query?: {
                /** @description Only messages to and from this powerpack. */
                powerpack_uuid?: string;
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path: {
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    countTraffic: {
        parameters: {
            query?: {
                /** @description Only of this powerpack. */
                powerpack_uuid?: string;
                /** @description Beginning; it is taken back to that of its bucket. By default an hour before the end, or `buckets`. Time in UTC as YYYY-MM-DD HH:MM[:SS], or with a T between. */
                from?: string;
                /** @description End, not included; by default now, which is included. Time in UTC as YYYY-MM-DD HH:MM[:SS], or with a T between. */
                to?: string;
                /** @description Length of a bucket. */
                by?: "minute" | "hour" | "day";
                /** @description Instead of `from`: so many buckets before the end, the one that has just begun included. */
                buckets?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Traffic"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listMessageMedia: {
        parameters: {
            query?: {
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path: {
                message_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["MessageMedia"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    deleteMessageMedia: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                message_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    getMessageMedium: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_uuid: string;
                media_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["MessageMedia"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listMedia: {
        parameters: {
            query?: {
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["Media"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    uploadMedia: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description 1 to 10 files of at most 2 MiB, all under this name. */
                    file: string[];
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["UploadedMedia"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["FilesTooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    getMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                media_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Media"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listSimulatorRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["SimulatorRules"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    replaceSimulatorRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplaceRulesInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["SimulatorRules"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    resetSimulatorRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listSimulatorSubmissions: {
        parameters: {
            query?: {
                /** @description Only those of this message. */
                message_uuid?: string;
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & {
                        meta: components["schemas"]["PageMeta"];
                        objects: components["schemas"]["SimulatorSubmission"][];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    sendFromHandset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description E.164 digits, with or without +. */
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandsetMessageInput"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["HandsetMessage"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    getClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Clock"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    turnClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TurnClockInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Clock"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description Objects per page; more than 20 counts as 20. */
                limit?: number;
                /** @description Objects to skip. */
                offset?: number;
                /** @description Only calls that tell of this message. Must be a UUID. */
                message_uuid?: string;
                /** @description Only calls that are pending, were delivered, or have failed. */
                outcome?: "pending" | "delivered" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["WebhookList"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request: sent again under it within 24 hours, it gets the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhook_uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] & components["schemas"]["Replayed"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorised"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Failed"];
        };
    };
}
