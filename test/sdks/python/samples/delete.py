# The Python sample of the page "Delete a Powerpack", as printed but for the brackets of print in Python 3.
import plivo
import json

client = plivo.RestClient("auth_id","auth_token")
powerpack = client.powerpacks.get(uuid="powerpack_uuid")
print(str(powerpack.delete(False)))
