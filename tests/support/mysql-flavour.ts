import { ensureDebianPackages } from "./ensure-debian-packages";
import { findProgram } from "./find-program";
import { runCommand } from "./run-command";

/** What MariaDB and MySQL start differently. */
interface MysqlFlavour {
  readonly name: string;
  /** Makes the server's own tables; `own` are options that it takes at each start, too. Returns the program to start. */
  prepare(own: readonly string[], temporaryFolder: string): Promise<string>;
  /** Options that the other doesn't know. */
  readonly args: readonly string[];
}

const MARIADB: MysqlFlavour = {
  name: "MariaDB",
  async prepare(own, temporaryFolder) {
    await ensureDebianPackages(["mariadb-server"]);
    await runCommand(
      findProgram("mariadb-install-db") ?? "mariadb-install-db",
      [...own, "--auth-root-authentication-method=normal", "--skip-test-db"],
      { env: { TMPDIR: temporaryFolder } },
    );
    return findProgram("mariadbd") ?? "mariadbd";
  },
  args: ["--innodb-flush-method=nosync"],
};

function describeMysql(program: string): MysqlFlavour {
  return {
    name: "MySQL",
    async prepare(own) {
      await runCommand(program, [...own, "--initialize-insecure"]);
      return program;
    },
    args: ["--mysqlx=OFF", "--secure-file-priv=NULL"],
  };
}

const mysqld = process.env.CELERIAC_TEST_MYSQLD;

/** MariaDB, which Debian has; or MySQL, where the environment names its program (CELERIAC_TEST_MYSQLD=/path/to/mysqld). */
export const MYSQL_FLAVOUR = mysqld === undefined ? MARIADB : describeMysql(mysqld);
