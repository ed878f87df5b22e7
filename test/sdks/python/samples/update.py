# The Python sample of the page "Update a Powerpack", as printed but for the brackets of print in Python 3.
import plivo
import json

client = plivo.RestClient("auth_id","auth_token")
powerpack = client.powerpacks.get(uuid="powerpack_uuid")
params = {}
params['name'] = "powerpack_name"
print(str(powerpack.update(params)))
