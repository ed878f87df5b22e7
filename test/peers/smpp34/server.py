"""An SMSC on smpp34. Its receipts come before the answers to their messages; of all messages it refuses every REFUSE_EVERY-th, or none for 0.

Usage: server.py PORT REFUSE_EVERY
"""

import asyncio
import sys

import smpp34


async def serve(port: int, refuse_every: int) -> None:
    server = smpp34.Server("127.0.0.1", port, system_id="smpp34")
    await server.start()
    print("listening", flush=True)
    esme = None
    count = 0
    while True:
        event = await server.next()
        if isinstance(event, smpp34.Esme):
            esme = event
        elif isinstance(event, smpp34.SubmitSmEvent):
            count += 1
            if refuse_every and count % refuse_every == 0:
                event.reject(smpp34.ESME_RTHROTTLED)
            else:
                await deliver_receipt(esme, event, f"early-{count}")


async def deliver_receipt(esme, event, name: str) -> None:
    await esme.deliver_sm(
        event.source_addr,
        f"id:{name} stat:DELIVRD err:000".encode(),
        source_addr=event.destination_addr,
        esm_class=0x04,
    )
    event.accept(name)


asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
