/** For a guest's script: many small files, and their checksums in `/etc`, where nobody looks from outside. */
export const makeFiles = (folder: string) => `
mkdir -p ${folder}
for i in $(seq 300); do head -c $((i * 331)) /dev/urandom >${folder}/$i; done
(cd ${folder} && sha256sum *) >/etc/sums
sync`

/** Says so when those files are as they were made. */
export const checkFiles = (folder: string) =>
  `(cd ${folder} && sha256sum --quiet -c /etc/sums) && echo "files are equal"`
