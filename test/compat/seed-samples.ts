// The samples of the two seed pages (Update a Powerpack, Delete a Powerpack) that run without another language, as printed.

/** Node, "Update a Powerpack". */
export const nodeUpdate = `var plivo = require('plivo');
var client = new plivo.Client('auth_id', 'auth_token');

client.powerpacks.get("0166c910-1268-47c7-bf30-f5809ee843b9").then(
   function (powerpack) {
     return powerpack.update({
       "name": "your_powerpack_name"
     })
   })
 .then(function (result) {
   console.log(result)
 })
 .catch(function (response) {
   console.log(response);
 });
`;

/** Node, "Delete a Powerpack". */
export const nodeDelete = `var plivo = require('plivo');
var client = new plivo.Client('auth_id', 'auth_token');

client.powerpacks.get("powerpack_uuid").then(
   function (powerpack) {
     return powerpack.delete()
   })
 .then(function (result) {
   console.log(result)
 })
 .catch(function (response) {
   console.log(response);
 });
`;

/** curl, "Update a Powerpack". */
export const curlUpdate = `curl -X POST -i --user auth_id:auth_token \\
-H "Content-Type: application/json" \\
-d '{"name": "your_powerpack_name","sticky_sender": "True","local_connect": "True"}' \\
https://api.plivo.com/v1/Account/{auth_id}/Powerpack/{powerpack_uuid}/
`;

/** curl, "Delete a Powerpack". */
export const curlDelete = `curl -X DELETE -i --user auth_id:auth_token \\
-H "Content-Type: application/json" \\
-d '{"unrent_numbers": "False"}' \\
https://api.plivo.com/v1/Account/{auth_id}/Powerpack/{powerpack_uuid}/
`;

/** The response printed on "Update a Powerpack". */
export const updateResponse = {
  api_id: '4b2c83c4-09ff-11ea-b072-0242ac110007',
  application_id: '20342783288007824',
  application_type: 'XML',
  created_on: '2019-10-09T11:10:59.666461Z',
  local_connect: true,
  name: 'test',
  number_pool: '/v1/Account/{auth_id}/NumberPool/<number_pool_uuid>/',
  sticky_sender: true,
  uuid: '<powerpack_uuid>',
};

/** Returns a sample with the values that a reader must fill in. */
export function filledIn(sample: string, authId: string, authToken: string, uuid: string): string {
  return sample
    .replaceAll(/'auth_id', 'auth_token'/g, `'${authId}', '${authToken}'`)
    .replaceAll('auth_id:auth_token', `${authId}:${authToken}`)
    .replaceAll('{auth_id}', authId)
    .replaceAll(/\{powerpack_uuid\}|powerpack_uuid|0166c910-1268-47c7-bf30-f5809ee843b9/g, uuid);
}
