"""Holds each object of a list of Kubernetes manifests to the schemas of the oldest and the newest version that they are meant for."""
import sys

import kubernetes_validate
import yaml

VERSIONS = ('1.29', '1.37')

with open(sys.argv[1]) as file:
    items = yaml.safe_load(file)['items']
for item in items:
    name = f"{item['kind']} {item['metadata']['name']}"
    for version in VERSIONS:
        try:
            kubernetes_validate.validate(item, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            sys.exit(f'{name}, Kubernetes {version}: {error}')
print(f'{len(items)} objects hold for Kubernetes {" and ".join(VERSIONS)}')
